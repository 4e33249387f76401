package io.chancery.bootstrap;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import java.util.List;
import java.util.Optional;

/** The one static cluster: how an Envoy reaches its control plane. */
final class XdsCluster {
  static final String NAME = "chancery-xds";

  /** The key under which Envoy looks up a cluster's HTTP options. */
  private static final String HTTP_OPTIONS =
      "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

  private static final int CONNECT_TIMEOUT_SECONDS = 2;
  private static final int KEEPALIVE_INTERVAL_SECONDS = 30;
  private static final int KEEPALIVE_TIMEOUT_SECONDS = 5;

  private XdsCluster() {}

  static Cluster cluster(List<XdsAddress> servers, Optional<XdsTls> tls) {
    Cluster.Builder cluster =
        Cluster.newBuilder()
            .setName(NAME)
            .setConnectTimeout(Durations.fromSeconds(CONNECT_TIMEOUT_SECONDS))
            .setType(discovery(servers))
            .setLoadAssignment(endpoints(servers))
            .putTypedExtensionProtocolOptions(HTTP_OPTIONS, Any.pack(http2()));
    if (cluster.getType() == Cluster.DiscoveryType.STRICT_DNS) {
      // The default asks for IPv6 only when there is any, and would miss a server on 127.0.0.1
      // behind "localhost".
      cluster.setDnsLookupFamily(Cluster.DnsLookupFamily.ALL);
    }
    tls.ifPresent(files -> cluster.setTransportSocket(files.socket(servers)));
    return cluster.build();
  }

  private static Cluster.DiscoveryType discovery(List<XdsAddress> servers) {
    return servers.stream().allMatch(XdsAddress::isNumeric)
        ? Cluster.DiscoveryType.STATIC
        : Cluster.DiscoveryType.STRICT_DNS;
  }

  /**
   * All in one priority: replicas are equal, and round robin makes each new attempt take the next
   * one.
   */
  private static ClusterLoadAssignment endpoints(List<XdsAddress> servers) {
    ClusterLoadAssignment.Builder endpoints =
        ClusterLoadAssignment.newBuilder().setClusterName(NAME);
    var locality = endpoints.addEndpointsBuilder();
    for (XdsAddress server : servers) {
      locality
          .addLbEndpointsBuilder()
          .getEndpointBuilder()
          .getAddressBuilder()
          .getSocketAddressBuilder()
          .setAddress(server.host())
          .setPortValue(server.port());
    }
    return endpoints.build();
  }

  /** The keep-alive finds a control plane that vanished without closing its connection. */
  private static HttpProtocolOptions http2() {
    HttpProtocolOptions.Builder options = HttpProtocolOptions.newBuilder();
    options
        .getExplicitHttpConfigBuilder()
        .getHttp2ProtocolOptionsBuilder()
        .getConnectionKeepaliveBuilder()
        .setInterval(Durations.fromSeconds(KEEPALIVE_INTERVAL_SECONDS))
        .setTimeout(Durations.fromSeconds(KEEPALIVE_TIMEOUT_SECONDS));
    return options.build();
  }
}
