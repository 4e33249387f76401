package io.chancery.compile;

import com.google.protobuf.ByteString;
import io.chancery.engine.Index;
import io.chancery.engine.Reads;
import io.chancery.engine.Table;
import io.chancery.model.FleetName;
import io.chancery.model.Port;
import io.chancery.model.Ref;
import io.chancery.model.TableForm;
import io.chancery.xds.JoinedSet;
import io.chancery.xds.Packing;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Rules of tables of routes and of the virtual hosts in them. */
final class RouteTables {
  private RouteTables() {}

  /** Names of the tables that a port uses. */
  static Set<FleetName> names(Port port) {
    Set<FleetName> names = new TreeSet<>();
    port.used()
        .forEach(
            entrance -> names.add(new FleetName(port.key().fleet(), port.tableName(entrance))));
    return names;
  }

  /** Hosts that must be in a table, whether a route has them or not. */
  static Set<VirtualHostKey> reservedHosts(FleetName name, RouteTable table) {
    Set<VirtualHostKey> hosts = new TreeSet<>();
    table.reserved().keySet().forEach(host -> hosts.add(new VirtualHostKey(name, host)));
    return hosts;
  }

  static VirtualHosts.Row virtualHost(
      VirtualHostKey key,
      Index<VirtualHostKey, Ref, Placement> placements,
      Table<Ref, CompiledRoute> compiled,
      Table<FleetName, RouteTable> tables,
      Reads reads) {
    Set<Ref> origins = Set.copyOf(reads.group(placements, key).keySet());
    List<CompiledRoute> routes = origins.stream().map(ref -> reads.get(compiled, ref)).toList();
    int status =
        reads
            .find(tables, key.table())
            .map(table -> table.reserved().getOrDefault(key.hostname(), RouteTable.NOT_FOUND))
            .orElse(RouteTable.NOT_FOUND);
    return VirtualHosts.compose(key, routes, origins, status);
  }

  /** The whole table, if it is in one piece. */
  static @Nullable Resource configuration(
      FleetName name, RouteTable table, Supplier<Collection<VirtualHosts.Row>> hosts) {
    return switch (table.form()) {
      case TableForm.Single _ -> compose(name.name(), List.of(), table.gateways(), hosts.get());
      case TableForm.Scoped _ -> null;
    };
  }

  /**
   * A RouteConfiguration, composed from hosts that are bytes already.
   *
   * @param removed headers that no upstream gets to see
   */
  static Resource compose(
      String name, List<String> removed, Set<Ref> gateways, Collection<VirtualHosts.Row> hosts) {
    RouteConfiguration head =
        RouteConfiguration.newBuilder()
            .setName(name)
            .setIgnorePortInHostMatching(true)
            .addAllRequestHeadersToRemove(removed)
            .build();
    List<ByteString> bytes = hosts.stream().map(VirtualHosts.Row::bytes).toList();
    List<Set<Ref>> origins = new ArrayList<>();
    origins.add(gateways);
    hosts.forEach(host -> origins.add(host.origins()));
    return Resource.of(
        ResourceKind.ROUTE_CONFIGURATION,
        name,
        Packing.append(
            Resource.serialise(head), RouteConfiguration.VIRTUAL_HOSTS_FIELD_NUMBER, bytes),
        new JoinedSet<>(origins));
  }
}
