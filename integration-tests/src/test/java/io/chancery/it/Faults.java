package io.chancery.it;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * A bug in our rules: what comes from an object that asks for it is replaced by an entry of the
 * corpus. A route asks by setting the header {@code x-fault} to {@code type-number}; everything
 * else by its origin, an object whose name is that, as long as the fault is armed.
 */
final class Faults implements UnaryOperator<ResourceChange> {
  static final String HEADER = "x-fault";

  private final Set<String> armed = ConcurrentHashMap.newKeySet();

  void arm(String name) {
    armed.add(name);
  }

  void disarm(String name) {
    armed.remove(name);
  }

  @Override
  public ResourceChange apply(ResourceChange change) {
    Optional<Resource> resource = change.resource().map(this::faulty);
    return new ResourceChange(
        change.fleet(), change.kind(), change.name(), resource, change.touched());
  }

  private Resource faulty(Resource resource) {
    if (resource.kind().equals(ResourceKind.ROUTE_CONFIGURATION)) {
      return table(resource);
    }
    return resource.origins().stream()
        .map(origin -> origin.name())
        .filter(armed::contains)
        .map(Faults::entry)
        .filter(entry -> entry.type().equals(resource.kind().id()))
        .filter(entry -> isFor(entry, resource))
        .findFirst()
        .map(entry ->
            Resource.of(
                resource.kind(),
                resource.name(),
                entry.message(resource.name()),
                resource.origins()))
        .orElse(resource);
  }

  /** The configuration of a filter fits that filter only; a secret has the name of its object. */
  private static boolean isFor(NackCorpus.Entry entry, Resource resource) {
    return resource.kind().sensitive() || resource.name().startsWith(entry.name());
  }

  private static NackCorpus.Entry entry(String name) {
    int dash = name.lastIndexOf('-');
    String type = name.substring(0, dash);
    String known =
        NackCorpus.types().stream().filter(type::equalsIgnoreCase).findFirst().orElseThrow();
    return NackCorpus.of(known).get(Integer.parseInt(name.substring(dash + 1)));
  }

  private static Resource table(Resource resource) {
    try {
      RouteConfiguration.Builder table = RouteConfiguration.parseFrom(resource.bytes()).toBuilder();
      for (VirtualHost.Builder host : table.getVirtualHostsBuilderList()) {
        Optional<NackCorpus.Entry> entry = asked(host).map(Faults::entry);
        if (entry.isPresent() && entry.get().type().equals("routes")) {
          return Resource.of(
              resource.kind(),
              resource.name(),
              entry.get().message(resource.name()),
              resource.origins());
        }
        entry.ifPresent(it -> replace(host, (VirtualHost) it.message(host.getName())));
      }
      return Resource.of(resource.kind(), resource.name(), table.build(), resource.origins());
    } catch (InvalidProtocolBufferException cause) {
      throw new AssertionError(cause);
    }
  }

  /** Of a host with more routes, the one that asks is replaced alone. */
  private static void replace(VirtualHost.Builder host, VirtualHost bad) {
    List<Route> good =
        host.getRoutesList().stream().filter(route -> asked(route).isEmpty()).toList();
    if (good.isEmpty()) {
      host.clear().mergeFrom(bad);
    } else {
      host.clearRoutes().addAllRoutes(bad.getRoutesList()).addAllRoutes(good);
    }
  }

  private static Optional<String> asked(VirtualHost.Builder host) {
    return host.getRoutesList().stream().flatMap(route -> asked(route).stream()).findFirst();
  }

  private static Optional<String> asked(Route route) {
    return route.getRequestHeadersToAddList().stream()
        .filter(header -> header.getHeader().getKey().equals(HEADER))
        .map(header -> header.getHeader().getValue())
        .findFirst();
  }
}
