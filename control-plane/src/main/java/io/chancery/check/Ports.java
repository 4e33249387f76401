package io.chancery.check;

import io.chancery.model.Gateway;
import io.chancery.model.Gateway.Listener;
import io.chancery.model.Gateway.Protocol;
import io.chancery.model.Hostname;
import io.chancery.model.Port;
import io.chancery.model.Port.Entrance;
import io.chancery.model.PortKey;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Listeners of all Gateways that share a port. Between Gateways the older one wins, then the one
 * whose name comes first. Within one Gateway nobody wins: listeners that cannot be told apart are
 * all in conflict (Gateway API, {@code GatewaySpec.listeners}).
 */
public final class Ports {
  private static final Comparator<Gateway> PRECEDENCE =
      Comparator.comparing(Gateway::created).thenComparing(Gateway::ref);

  /** Reasons of references that fail; other references of the listener may do. */
  private static final Set<Reason> UNRESOLVED =
      Set.of(Reason.INVALID_ROUTE_KINDS, Reason.INVALID_CERTIFICATE_REF);

  private Ports() {}

  /** Where a Gateway listens. */
  public static Set<PortKey> of(Gateway gateway) {
    Set<PortKey> keys = new TreeSet<>();
    for (Listener listener : gateway.listeners()) {
      if (isUsable(listener)) {
        keys.addAll(of(gateway, listener));
      }
    }
    return keys;
  }

  /** Where one listener of a Gateway listens. */
  static Set<PortKey> of(Gateway gateway, Listener listener) {
    return gateway.addresses().stream()
        .map(address -> new PortKey(gateway.fleet(), address, listener.port()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The port as all Gateways there make it, or null if none of their listeners can be used. */
  public static @Nullable Port compose(PortKey key, Collection<Gateway> gateways) {
    List<Gateway> ordered = gateways.stream().sorted(PRECEDENCE).toList();
    List<Entrance> entrances = new ArrayList<>();
    Set<Hostname> taken = new HashSet<>();
    Protocol protocol = null;
    for (Gateway gateway : ordered) {
      for (Listener listener : at(gateway, key.port())) {
        Optional<Reason> conflict = conflict(gateway, listener, protocol, taken);
        entrances.add(entrance(gateway.ref(), listener, conflict));
      }
      for (Entrance entrance : entrances) {
        if (entrance.gateway().equals(gateway.ref()) && entrance.conflict().isEmpty()) {
          taken.add(entrance.hostname());
          protocol = protocolOf(gateway, entrance);
        }
      }
    }
    if (protocol == null) {
      return null;
    }
    // Both are the fleet's, and so the same for all Gateways here.
    Gateway any = ordered.getFirst();
    return new Port(key, protocol, any.trustedHops(), any.tables(), List.copyOf(entrances));
  }

  private static List<Listener> at(Gateway gateway, int port) {
    return gateway.listeners().stream().filter(l -> l.port() == port && isUsable(l)).toList();
  }

  /**
   * A listener that cannot serve takes no place from others; a reference that fails does not stop
   * it by itself.
   */
  static boolean isUsable(Listener listener) {
    return listener.problems().stream().map(Problem::reason).allMatch(UNRESOLVED::contains);
  }

  private static Optional<Reason> conflict(
      Gateway gateway, Listener listener, @Nullable Protocol protocol, Set<Hostname> taken) {
    List<Listener> siblings = at(gateway, listener.port());
    boolean mixed = siblings.stream().anyMatch(s -> s.protocol() != listener.protocol());
    if (mixed || (protocol != null && protocol != listener.protocol())) {
      return Optional.of(Reason.PROTOCOL_CONFLICT);
    }
    boolean repeated =
        siblings.stream().filter(s -> s.hostname().equals(listener.hostname())).count() > 1;
    return repeated || taken.contains(listener.hostname())
        ? Optional.of(Reason.HOSTNAME_CONFLICT)
        : Optional.empty();
  }

  private static Entrance entrance(Ref gateway, Listener listener, Optional<Reason> conflict) {
    List<Ref> certificates =
        listener.certificates().stream().map(Gateway.CertificateUse::secret).toList();
    return new Entrance(gateway, listener.name(), listener.hostname(), certificates, conflict);
  }

  private static Protocol protocolOf(Gateway gateway, Entrance entrance) {
    return gateway.listeners().stream()
        .filter(listener -> listener.name().equals(entrance.listener()))
        .map(Listener::protocol)
        .findFirst()
        .orElseThrow();
  }
}
