package io.chancery.compile;

import io.chancery.engine.Index;
import io.chancery.engine.Reads;
import io.chancery.engine.Table;
import io.chancery.model.FleetName;
import io.chancery.model.Hostname;
import io.chancery.model.TableForm;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.route.v3.ScopedRouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.ScopedRouteConfiguration.Key;
import io.envoyproxy.envoy.config.route.v3.ScopedRouteConfiguration.Key.Fragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rules of tables of the form Scoped; null where a table has another form. */
final class Scopes {
  private Scopes() {}

  /** The table that a wildcard is in, none for an exact host. */
  static Set<FleetName> ofWildcard(VirtualHostKey key) {
    return key.hostname().isExact() ? Set.of() : Set.of(key.table());
  }

  static @Nullable Zones zones(
      FleetName name,
      Table<FleetName, RouteTable> tables,
      Index<FleetName, VirtualHostKey, VirtualHosts.Row> wildcards,
      Reads reads) {
    RouteTable table = reads.get(tables, name);
    return switch (table.form()) {
      case TableForm.Single _ -> null;
      case TableForm.Scoped _ -> Zones.of(table, routed(reads.group(wildcards, name)));
    };
  }

  private static Set<Hostname> routed(Map<VirtualHostKey, VirtualHosts.Row> wildcards) {
    return wildcards.entrySet().stream()
        .filter(entry -> !entry.getValue().origins().isEmpty())
        .map(entry -> entry.getKey().hostname())
        .collect(Collectors.toSet());
  }

  static @Nullable Scope scope(
      VirtualHostKey key,
      Table<FleetName, RouteTable> tables,
      Table<FleetName, Zones> zones,
      Reads reads) {
    return reads
        .find(zones, key.table())
        .flatMap(it -> it.scopeOf(key.hostname()))
        .map(scope -> scope(key.table(), scope, reads.get(tables, key.table()).form()))
        .orElse(null);
  }

  private static @Nullable Scope scope(FleetName table, Hostname scope, TableForm form) {
    return switch (form) {
      case TableForm.Single _ -> null;
      case TableForm.Scoped scoped -> Scope.of(table, scope, scoped);
    };
  }

  /** A shard: the virtual hosts of its scopes. */
  static Resource shard(
      FleetName name,
      Set<VirtualHostKey> hosts,
      Table<VirtualHostKey, VirtualHosts.Row> virtualHosts,
      Table<FleetName, RouteTable> tables,
      Reads reads) {
    List<VirtualHosts.Row> rows = new ArrayList<>();
    hosts.forEach(host -> rows.add(reads.get(virtualHosts, host)));
    RouteTable table = reads.get(tables, hosts.iterator().next().table());
    return RouteTables.compose(name.name(), ScopedRouting.HEADERS, table.gateways(), rows);
  }

  /**
   * From a scope, or the anchor of a shard, to Envoy's. A shard is asked for by an Envoy that has a
   * scope of it, so each has a scope more: one that no request can have, since no host is of that
   * form. With it a shard can be in an Envoy before hosts move there; otherwise their requests
   * would be answered 404 until it came. On demand there is no anchor: a request that finds its
   * shard missing waits for it.
   */
  static Resource scoped(VirtualHostKey key, Scope scope, RouteTable table) {
    String name = Scope.name(key).name();
    ScopedRouteConfiguration message =
        ScopedRouteConfiguration.newBuilder()
            .setName(name)
            .setRouteConfigurationName(scope.shard().name())
            .setOnDemand(scope.onDemand())
            .setKey(
                Key.newBuilder()
                    .addFragments(fragment(key.table().name()))
                    .addFragments(fragment(key.hostname().value())))
            .build();
    return Resource.of(ResourceKind.SCOPED_ROUTES, name, message, table.gateways());
  }

  private static Fragment fragment(String value) {
    return Fragment.newBuilder().setStringKey(value).build();
  }
}
