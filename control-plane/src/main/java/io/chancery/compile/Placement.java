package io.chancery.compile;

import io.chancery.engine.Reads;
import io.chancery.engine.Table;
import io.chancery.model.Attachment;
import io.chancery.model.Attachment.Binding;
import io.chancery.model.Attachment.Place;
import io.chancery.model.FleetName;
import io.chancery.model.Hostname;
import io.chancery.model.Port;
import io.chancery.model.Port.Entrance;
import io.chancery.model.PortKey;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The virtual hosts that hold a route. */
record Placement(NavigableSet<VirtualHostKey> hosts) {

  /** Tables of routes, each with its fleet, that hold the route. */
  Set<FleetName> tables() {
    return hosts.stream().map(VirtualHostKey::table).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Fleets that serve the route. */
  NavigableSet<String> fleets() {
    return hosts.stream()
        .map(host -> host.table().fleet())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Where the bindings of a route lead. A host that a more specific listener of the same port has
   * is that listener's alone (Gateway API, HTTP listener isolation).
   */
  static Placement of(Attachment attachment, Table<PortKey, Port> ports, Reads reads) {
    NavigableSet<VirtualHostKey> hosts = new TreeSet<>();
    for (Place place : attachment.places()) {
      for (Binding binding : place.bindings()) {
        for (PortKey key : binding.ports()) {
          reads.find(ports, key).ifPresent(port -> place(binding, port, hosts));
        }
      }
    }
    return new Placement(hosts);
  }

  private static void place(Binding binding, Port port, NavigableSet<VirtualHostKey> hosts) {
    for (Hostname hostname : binding.hostnames()) {
      owner(port, hostname)
          .filter(
              e -> e.gateway().equals(binding.gateway()) && e.listener().equals(binding.listener()))
          .map(entrance -> new FleetName(port.key().fleet(), port.tableName(entrance)))
          .ifPresent(table -> hosts.add(new VirtualHostKey(table, hostname)));
    }
  }

  /** The most specific listener that has a host. */
  private static Optional<Entrance> owner(Port port, Hostname hostname) {
    return port.used().stream()
        .filter(entrance -> entrance.hostname().covers(hostname))
        .min((a, b) -> a.hostname().compareTo(b.hostname()));
  }
}
