package io.chancery.compile;

import io.chancery.engine.Reads;
import io.chancery.engine.Table;
import io.chancery.model.Certificate;
import io.chancery.model.Checked;
import io.chancery.model.FleetName;
import io.chancery.model.Port;
import io.chancery.model.Port.Entrance;
import io.chancery.model.Ref;
import io.chancery.xds.Resource;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Rules of listeners and of the certificates that they serve. */
final class Listening {
  private Listening() {}

  /** Secrets that a port refers to. */
  static Set<Ref> secrets(Port port) {
    Set<Ref> secrets = new TreeSet<>();
    port.used().forEach(entrance -> secrets.addAll(entrance.certificates()));
    return secrets;
  }

  /** The same, by the name that they have in the fleet. */
  static Set<FleetName> fleetSecrets(Port port) {
    Set<FleetName> names = new TreeSet<>();
    secrets(port)
        .forEach(
            ref -> names.add(new FleetName(port.key().fleet(), DownstreamTls.secretName(ref))));
    return names;
  }

  static Set<FleetName> listenerNames(Port port) {
    return Set.of(new FleetName(port.key().fleet(), port.listenerName()));
  }

  static @Nullable Resource listener(
      Port port, Table<FleetName, Zones> zones, GatewayCertificates certificates, Reads reads) {
    return new ListenerCompiler(
            port,
            (gateway, secret) -> certificates.isUsable(gateway, secret, reads),
            chain -> reads.find(zones, new FleetName(port.key().fleet(), chain)))
        .compile()
        .orElse(null);
  }

  /** The secret, if one of the Gateways that refer to it may use it. */
  static @Nullable Resource secret(
      FleetName name,
      Collection<Port> ports,
      Table<Ref, Checked<Certificate>> proven,
      GatewayCertificates certificates,
      Reads reads) {
    for (Port port : ports) {
      for (Entrance entrance : port.used()) {
        for (Ref secret : entrance.certificates()) {
          if (DownstreamTls.secretName(secret).equals(name.name())
              && certificates.isUsable(entrance.gateway(), secret, reads)
              && reads.get(proven, secret) instanceof Checked.Ok<Certificate>(var certificate)) {
            return SecretCompiler.compile(secret, certificate);
          }
        }
      }
    }
    return null;
  }
}
