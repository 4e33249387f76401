package io.chancery.inspect;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chancery.compile.Compiled;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Warns of tables of routes that are so large that Envoys feel each change. Nothing is wrong with
 * their objects, so these are no problems of them.
 */
public final class LargeTables {
  /**
   * From here on. Measured on Envoy 1.40: one change among 10,000 routes keeps its main thread busy
   * for 200 ms, among 100,000 for 2 to 4 s.
   */
  private static final int ROUTES = 5_000;

  private LargeTables() {}

  /** A line for each large table, sorted. */
  public static List<String> warnings(Compiled compiled) {
    Set<String> scoped =
        compiled.changes().stream()
            .filter(change -> change.kind().equals(ResourceKind.SCOPED_ROUTES))
            .map(ResourceChange::fleet)
            .collect(Collectors.toSet());
    return compiled.changes().stream()
        .filter(change -> change.kind().equals(ResourceKind.ROUTE_CONFIGURATION))
        .flatMap(change -> warning(change, scoped.contains(change.fleet())).stream())
        .sorted()
        .toList();
  }

  private static Optional<String> warning(ResourceChange change, boolean scoped) {
    int routes = change.resource().map(LargeTables::routes).orElse(0);
    if (routes < ROUTES) {
      return Optional.empty();
    }
    String remedy =
        scoped
            ? "use more shards, or fewer hosts below one wildcard"
            : "spread the hosts with routeTables of the Fleet";
    return Optional.of(
        "fleet %s: table %s has %d routes, and an Envoy rebuilds all for one that changes; from %d on, %s (docs/operate/route-tables.md)"
            .formatted(change.fleet(), change.name(), routes, ROUTES, remedy));
  }

  private static int routes(Resource table) {
    try {
      return RouteConfiguration.parseFrom(table.bytes()).getVirtualHostsList().stream()
          .mapToInt(VirtualHost::getRoutesCount)
          .sum();
    } catch (InvalidProtocolBufferException cause) {
      throw new IllegalStateException("not a table of routes: " + table, cause);
    }
  }
}
