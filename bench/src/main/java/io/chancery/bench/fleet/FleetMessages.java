package io.chancery.bench.fleet;

import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster;
import java.util.List;

/** Messages as large as those of real users. */
final class FleetMessages {
  static final ConfigSource ADS =
      ConfigSource.newBuilder()
          .setAds(AggregatedConfigSource.getDefaultInstance())
          .setResourceApiVersion(ApiVersion.V3)
          .build();

  private static final List<Integer> WEIGHTS = List.of(90, 10);

  private FleetMessages() {}

  /** A cluster whose endpoints come by EDS, under its own name. */
  static Cluster cluster(String name, int connectTimeoutSeconds) {
    CircuitBreakers.Thresholds thresholds =
        CircuitBreakers.Thresholds.newBuilder()
            .setMaxConnections(UInt32Value.of(1024))
            .setMaxRequests(UInt32Value.of(1024))
            .setMaxRetries(UInt32Value.of(3))
            .build();
    return Cluster.newBuilder()
        .setName(name)
        .setType(Cluster.DiscoveryType.EDS)
        .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder().setEdsConfig(ADS))
        .setConnectTimeout(Duration.newBuilder().setSeconds(connectTimeoutSeconds))
        .setLbPolicy(Cluster.LbPolicy.LEAST_REQUEST)
        .setCircuitBreakers(CircuitBreakers.newBuilder().addThresholds(thresholds))
        .build();
  }

  /**
   * One host and one route: a path prefix, two weighted backends, a header added each way, time-out
   * and retries.
   */
  static RouteConfiguration routes(String name, List<String> clusters, int generation) {
    RouteAction action =
        RouteAction.newBuilder()
            .setTimeout(Duration.newBuilder().setSeconds(15))
            .setRetryPolicy(
                RetryPolicy.newBuilder()
                    .setRetryOn("connect-failure,refused-stream,unavailable,cancelled")
                    .setNumRetries(UInt32Value.of(2)))
            .setWeightedClusters(weighted(clusters))
            .build();
    Route route =
        Route.newBuilder()
            .setName(name + "/rule/0/match/0")
            .setMatch(RouteMatch.newBuilder().setPathSeparatedPrefix("/api"))
            .addRequestHeadersToAdd(header("x-generation", "g" + generation))
            .addResponseHeadersToAdd(header("x-served-by", "edge"))
            .setRoute(action)
            .build();
    VirtualHost host =
        VirtualHost.newBuilder().setName(name).addDomains("*").addRoutes(route).build();
    return RouteConfiguration.newBuilder().setName(name).addVirtualHosts(host).build();
  }

  private static WeightedCluster weighted(List<String> clusters) {
    WeightedCluster.Builder weighted = WeightedCluster.newBuilder();
    for (int i = 0; i < clusters.size(); i++) {
      weighted.addClusters(
          WeightedCluster.ClusterWeight.newBuilder()
              .setName(clusters.get(i))
              .setWeight(UInt32Value.of(WEIGHTS.get(i))));
    }
    return weighted.build();
  }

  private static HeaderValueOption header(String key, String value) {
    return HeaderValueOption.newBuilder()
        .setHeader(HeaderValue.newBuilder().setKey(key).setValue(value))
        .build();
  }
}
