package io.chancery.bench.fleet;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The resources of a fleet, numbered: clusters, as many sets of endpoints, half as many route
 * configurations, listeners that name those. Each resource has generations; equal numbers and
 * generations give equal messages. One cluster, the last, is not there at first: {@link
 * Mutations#move} brings it.
 *
 * @param size how many resources there are at first; at least 20
 */
record FleetWorld(int size) {
  /** A generation: the resource is not there. */
  static final int ABSENT = -1;

  private static final int ROUTES_PER_LISTENER = 100;
  private static final int ENDPOINTS = 3;

  FleetWorld {
    if (size < 20) {
      throw new IllegalArgumentException("a world of " + size + " resources; expected at least 20");
    }
  }

  int listeners() {
    return size - routes() - 2 * (clusters() - 1);
  }

  private int leastListeners() {
    return 1 + (size - 1) / (5 * ROUTES_PER_LISTENER);
  }

  /** With the one that is not there at first. */
  int clusters() {
    return 1 + (size - leastListeners() - routes()) / 2;
  }

  int routes() {
    return (size - leastListeners()) / 5;
  }

  /** How many numbers there are. */
  int numbers() {
    return 2 * clusters() + routes() + listeners();
  }

  /** The cluster that is not there at first. */
  int spareCluster() {
    return clusters() - 1;
  }

  int endpoints(int cluster) {
    return clusters() + cluster;
  }

  int route(int index) {
    return 2 * clusters() + index;
  }

  private int listener(int index) {
    return 2 * clusters() + routes() + index;
  }

  ResourceKind kind(int number) {
    if (number < clusters()) {
      return ResourceKind.CLUSTER;
    } else if (number < 2 * clusters()) {
      return ResourceKind.ENDPOINTS;
    } else if (number < listener(0)) {
      return ResourceKind.ROUTE_CONFIGURATION;
    }
    return ResourceKind.LISTENER;
  }

  String name(int number) {
    if (number < clusters()) {
      return "service/bench/backend-" + number + "/80";
    } else if (number < 2 * clusters()) {
      return name(number - clusters());
    } else if (number < listener(0)) {
      return "bench/edge/https-" + (number - route(0));
    }
    return "https/0.0.0.0:" + (8443 + number - listener(0));
  }

  /** The generation that a resource has at first. */
  int first(int number) {
    boolean spare = number == spareCluster() || number == endpoints(spareCluster());
    return spare ? ABSENT : 0;
  }

  /** The clusters that a route configuration refers to; none for other kinds. */
  List<Integer> references(int number, int generation) {
    if (!kind(number).equals(ResourceKind.ROUTE_CONFIGURATION) || generation == ABSENT) {
      return List.of();
    }
    int index = number - route(0);
    return List.of(moved(index, generation) ? spareCluster() : 2 * index, 2 * index + 1);
  }

  /** What an Envoy that gets this resource subscribes to by name. */
  List<Integer> subscriptions(int number) {
    if (number < clusters()) {
      return List.of(endpoints(number));
    } else if (number < listener(0)) {
      return List.of();
    }
    int index = number - listener(0);
    return IntStream.range(firstRoute(index), firstRoute(index + 1)).mapToObj(this::route).toList();
  }

  private int firstRoute(int listener) {
    return routes() * listener / listeners();
  }

  /** The first route goes to another cluster in every second generation. */
  private static boolean moved(int route, int generation) {
    return route == 0 && generation % 2 == 1;
  }

  Message message(int number, int generation) {
    if (number < clusters()) {
      return FleetMessages.cluster(name(number), 5 + generation);
    } else if (number < 2 * clusters()) {
      return assignment(number, generation);
    } else if (number < listener(0)) {
      List<String> clusters = references(number, generation).stream().map(this::name).toList();
      return FleetMessages.routes(name(number), clusters, generation);
    }
    return listener(number, generation);
  }

  private ClusterLoadAssignment assignment(int number, int generation) {
    LocalityLbEndpoints.Builder locality = LocalityLbEndpoints.newBuilder();
    for (int i = 0; i < ENDPOINTS; i++) {
      String ip = "10." + (number >> 8 & 255) + "." + (number & 255) + "." + (generation + i & 255);
      SocketAddress address = SocketAddress.newBuilder().setAddress(ip).setPortValue(8080).build();
      locality.addLbEndpoints(
          LbEndpoint.newBuilder()
              .setEndpoint(
                  Endpoint.newBuilder()
                      .setAddress(Address.newBuilder().setSocketAddress(address))));
    }
    return ClusterLoadAssignment.newBuilder()
        .setClusterName(name(number))
        .addEndpoints(locality)
        .build();
  }

  private Listener listener(int number, int generation) {
    int index = number - listener(0);
    SocketAddress address =
        SocketAddress.newBuilder().setAddress("0.0.0.0").setPortValue(8443 + index).build();
    return Listener.newBuilder()
        .setName(name(number))
        .setStatPrefix("g" + generation)
        .setAddress(Address.newBuilder().setSocketAddress(address))
        .addAllFilterChains(
            IntStream.range(firstRoute(index), firstRoute(index + 1))
                .mapToObj(this::chain)
                .toList())
        .build();
  }

  /** Names its routes, as every chain of Chancery does. */
  private FilterChain chain(int route) {
    String name = name(route(route));
    HttpConnectionManager manager =
        HttpConnectionManager.newBuilder()
            .setStatPrefix(name)
            .setRds(Rds.newBuilder().setRouteConfigName(name).setConfigSource(FleetMessages.ADS))
            .build();
    return FilterChain.newBuilder()
        .setName(name)
        .setFilterChainMatch(FilterChainMatch.newBuilder().addServerNames("h" + route + ".example"))
        .addFilters(Filter.newBuilder().setName("http").setTypedConfig(Any.pack(manager)))
        .build();
  }
}
