package io.chancery.it.xds;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.ScopedRouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.GenericSecret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.service.runtime.v3.Runtime;

/** Small messages whose content is given by a tag. */
final class Samples {
  private static final ConfigSource ADS =
      ConfigSource.newBuilder()
          .setAds(AggregatedConfigSource.getDefaultInstance())
          .setResourceApiVersion(ApiVersion.V3)
          .build();

  private Samples() {}

  /** Messages of one type and name differ if, and only if, their tags do. */
  static Message of(XdsType type, String name, String tag) {
    return switch (type) {
      case CLUSTERS -> Cluster.newBuilder().setName(name).setAltStatName(tag).build();
      case ENDPOINTS -> endpoints(name, tag);
      case LISTENERS -> Listener.newBuilder().setName(name).setStatPrefix(tag).build();
      case ROUTES ->
          RouteConfiguration.newBuilder().setName(name).addInternalOnlyHeaders(tag).build();
      case SCOPED_ROUTES ->
          ScopedRouteConfiguration.newBuilder()
              .setName(name)
              .setRouteConfigurationName(tag)
              .build();
      case SECRETS -> secret(name, tag);
      case RUNTIMES -> Runtime.newBuilder().setName(name).setLayer(layer(tag)).build();
      case EXTENSIONS ->
          TypedExtensionConfig.newBuilder()
              .setName(name)
              .setTypedConfig(Any.pack(layer(tag)))
              .build();
    };
  }

  private static ClusterLoadAssignment endpoints(String cluster, String zone) {
    return ClusterLoadAssignment.newBuilder()
        .setClusterName(cluster)
        .addEndpoints(
            LocalityLbEndpoints.newBuilder().setLocality(Locality.newBuilder().setZone(zone)))
        .build();
  }

  private static Secret secret(String name, String text) {
    DataSource source = DataSource.newBuilder().setInlineString(text).build();
    return Secret.newBuilder()
        .setName(name)
        .setGenericSecret(GenericSecret.newBuilder().setSecret(source))
        .build();
  }

  private static Struct layer(String value) {
    return Struct.newBuilder()
        .putFields("key", Value.newBuilder().setStringValue(value).build())
        .build();
  }

  /** A cluster whose endpoints come by EDS, over the stream that it came by. */
  static Cluster edsCluster(String name, String tag) {
    return Cluster.newBuilder()
        .setName(name)
        .setAltStatName(tag)
        .setType(Cluster.DiscoveryType.EDS)
        .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder().setEdsConfig(ADS))
        .build();
  }

  /** Sends every request to one cluster. */
  static RouteConfiguration routesTo(String name, String cluster) {
    Route all =
        Route.newBuilder()
            .setMatch(RouteMatch.newBuilder().setPrefix("/"))
            .setRoute(RouteAction.newBuilder().setCluster(cluster))
            .build();
    return RouteConfiguration.newBuilder()
        .setName(name)
        .addVirtualHosts(VirtualHost.newBuilder().setName("all").addDomains("*").addRoutes(all))
        .build();
  }
}
