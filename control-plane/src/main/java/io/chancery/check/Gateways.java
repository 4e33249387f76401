package io.chancery.check;

import io.chancery.crd.FleetSpec;
import io.chancery.crd.Kinds;
import io.chancery.crd.gateway.GatewayClassSpec;
import io.chancery.crd.gateway.GatewaySpec;
import io.chancery.engine.Reads;
import io.chancery.engine.Table;
import io.chancery.model.Checked;
import io.chancery.model.Gateway;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.source.Declared;
import io.chancery.source.ObjectTables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gateways that are ours, with their listeners. */
public final class Gateways {
  private static final String ALL_ADDRESSES = "0.0.0.0";

  private final Table<Ref, Declared<GatewayClassSpec>> classes;
  private final Table<Ref, Declared<FleetSpec>> fleets;

  public Gateways(ObjectTables objects) {
    classes = objects.of(Kinds.GATEWAY_CLASS);
    fleets = objects.of(Kinds.FLEET);
  }

  /**
   * The checked form, or null if the Gateway belongs to another controller, or to a class that is
   * not there.
   */
  public @Nullable Gateway check(Ref ref, Declared<GatewaySpec> declared, Reads reads) {
    Optional<String> fleet = fleet(declared.spec().gatewayClassName(), reads);
    if (fleet.isEmpty()) {
      return null;
    }
    Optional<FleetSpec> spec = spec(fleet.get(), reads);
    List<Problem> problems = new ArrayList<>();
    List<String> addresses = addresses(ref, declared.spec(), problems);
    return new Gateway(
        ref,
        fleet.get(),
        created(declared),
        addresses,
        spec.map(FleetSpec::trustedHops).orElse(0),
        spec.map(TableForms::of).orElse(TableForms.SINGLE),
        Listeners.check(ref, declared.spec().listeners()),
        problems);
  }

  /** When an object was made; objects whose age is not known count as the youngest. */
  static Instant created(Declared<?> declared) {
    Instant created = declared.meta().creationTimestamp();
    return created == null ? Instant.MAX : created;
  }

  private Optional<String> fleet(String className, Reads reads) {
    Ref ref = new Ref(Kinds.GATEWAY_CLASS.name(), "", className);
    return reads
        .find(classes, ref)
        .filter(GatewayClasses::isOurs)
        .flatMap(declared ->
            switch (GatewayClasses.fleet(ref, declared)) {
              case Checked.Ok<String>(var name) -> Optional.of(name);
              case Checked.Rejected<String> _ -> Optional.empty();
            });
  }

  /** What is declared of a fleet; a fleet need not be declared. */
  private Optional<FleetSpec> spec(String fleet, Reads reads) {
    return reads.find(fleets, new Ref(Kinds.FLEET.name(), "", fleet)).map(Declared::spec);
  }

  private static List<String> addresses(Ref ref, GatewaySpec spec, List<Problem> problems) {
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < spec.addresses().size(); i++) {
      GatewaySpec.Address address = spec.addresses().get(i);
      String path = "spec.addresses[" + i + "]";
      String value = address.value();
      if (!address.type().equals("IPAddress")) {
        String message = "type %s is not supported; IPAddress is".formatted(address.type());
        problems.add(new Problem(ref, path + ".type", Reason.UNSUPPORTED_ADDRESS, message));
      } else if (value == null || !Addresses.isIp(value)) {
        String message = "\"%s\" is not an IP address".formatted(value);
        problems.add(new Problem(ref, path + ".value", Reason.INVALID, message));
      } else if (!addresses.contains(value)) {
        addresses.add(value);
      }
    }
    // A Gateway that asks for addresses that it cannot have must not end up on all addresses.
    return spec.addresses().isEmpty() ? List.of(ALL_ADDRESSES) : List.copyOf(addresses);
  }
}
