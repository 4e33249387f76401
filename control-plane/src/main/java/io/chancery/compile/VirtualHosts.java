package io.chancery.compile;

import com.google.protobuf.ByteString;
import io.chancery.model.Hostname;
import io.chancery.model.Ref;
import io.chancery.policy.FilterId;
import io.chancery.xds.Packing;
import io.chancery.xds.Resource;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;

/** Composes one virtual host from the routes that it holds, all of them serialised already. */
final class VirtualHosts {
  private VirtualHosts() {}

  /** A virtual host as bytes, and the routes that made it. */
  record Row(ByteString bytes, Set<Ref> origins) {}

  /**
   * Composes the virtual host.
   *
   * @param status for a host that only its listener reserves
   */
  static Row compose(
      VirtualHostKey key, Collection<CompiledRoute> routes, Set<Ref> origins, int status) {
    List<ByteString> messages = new ArrayList<>();
    routes.stream()
        .flatMap(route -> route.matches().stream())
        .sorted(Comparator.comparing(CompiledRoute.Entry::order))
        .forEach(entry -> messages.add(route(entry, key.table().name())));
    if (messages.isEmpty() && status != RouteTable.NOT_FOUND) {
      messages.add(Resource.serialise(everything(status)));
    }
    return new Row(
        Packing.append(head(key.hostname()), VirtualHost.ROUTES_FIELD_NUMBER, messages), origins);
  }

  private static ByteString head(Hostname hostname) {
    return Resource.serialise(
        VirtualHost.newBuilder().setName(hostname.value()).addDomains(hostname.value()).build());
  }

  /** The keys of per-route settings are names of filters, and those depend on the chain. */
  private static ByteString route(CompiledRoute.Entry entry, String chain) {
    return Packing.append(
        entry.route(),
        Route.TYPED_PER_FILTER_CONFIG_FIELD_NUMBER,
        mapEntries(entry.perFilter(), chain));
  }

  private static List<ByteString> mapEntries(
      NavigableMap<FilterId, ByteString> perFilter, String chain) {
    List<ByteString> entries = new ArrayList<>();
    perFilter.forEach((filter, any) -> entries.add(Packing.mapEntry(filter.on(chain), any)));
    return entries;
  }

  private static Route everything(int status) {
    return Route.newBuilder()
        .setName("misdirected")
        .setMatch(RouteMatch.newBuilder().setPrefix("/"))
        .setDirectResponse(DirectResponseAction.newBuilder().setStatus(status))
        .build();
  }
}
