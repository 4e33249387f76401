package io.chancery.compile;

import io.chancery.model.FleetName;
import io.chancery.model.Gateway.Protocol;
import io.chancery.model.Hostname;
import io.chancery.model.Port;
import io.chancery.model.Port.Entrance;
import io.chancery.model.Ref;
import io.chancery.model.TableForm;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A table of routes: of a plain HTTP port, or of one TLS listener.
 *
 * @param reserved hosts that listeners have, with the status for a request that no route takes
 * @param gateways the Gateways that the table serves
 * @param form whether Envoy gets it in one piece
 */
record RouteTable(NavigableMap<Hostname, Integer> reserved, Set<Ref> gateways, TableForm form) {
  /** Of a host that no listener reserves. */
  static final int NOT_FOUND = 404;

  private static final int MISDIRECTED = 421;

  /**
   * The table of this name, from the port, or the equal ports of several addresses, that use it.
   */
  static RouteTable of(FleetName name, Collection<Port> ports) {
    Port port = ports.iterator().next();
    NavigableMap<Hostname, Integer> reserved = new TreeMap<>();
    for (Entrance entrance : port.used()) {
      reserved.put(entrance.hostname(), isOf(name, port, entrance) ? NOT_FOUND : MISDIRECTED);
    }
    Set<Ref> gateways =
        port.used().stream()
            .filter(e -> isOf(name, port, e))
            .map(Entrance::gateway)
            .collect(Collectors.toSet());
    return new RouteTable(
        port.used().size() > 1 ? reserved : new TreeMap<>(), gateways, port.tables());
  }

  private static boolean isOf(FleetName name, Port port, Entrance entrance) {
    return port.protocol() == Protocol.HTTP || port.tableName(entrance).equals(name.name());
  }
}
