package io.chancery.policy;

import com.google.protobuf.Any;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.LoadBalancingPolicy;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.KeepaliveSettings;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.extensions.clusters.common.dns.v3.DnsLookupFamily;
import io.envoyproxy.envoy.extensions.clusters.dns.v3.DnsCluster;
import io.envoyproxy.envoy.extensions.load_balancing_policies.least_request.v3.LeastRequest;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.ExplicitHttpConfig;

/**
 * What every cluster has unless a user says otherwise. Each value is a decision; Envoy's own are
 * often unlimited.
 */
public final class ClusterDefaults {
  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
  private static final int BUFFER_BYTES = 32_768;
  private static final int MAX_CONNECTIONS = 1_024;
  private static final int MAX_PENDING = 1_024;
  private static final int MAX_REQUESTS = 1_024;
  private static final int MAX_RETRIES = 3;
  private static final int KEEPALIVE_INTERVAL_MILLIS = 30_000;
  private static final int KEEPALIVE_TIMEOUT_MILLIS = 5_000;
  private static final int HTTP2_STREAMS = 100;
  private static final int HTTP2_STREAM_WINDOW = 65_536;
  private static final int HTTP2_CONNECTION_WINDOW = 1_048_576;
  private static final String PROTOCOL_OPTIONS =
      "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

  private ClusterDefaults() {}

  /** A cluster with limits and a protocol, but without endpoints. */
  public static Cluster.Builder cluster(String name, boolean http2) {
    return Cluster.newBuilder()
        .setName(name)
        .setConnectTimeout(Durations.ofMillis(CONNECT_TIMEOUT_MILLIS))
        .setPerConnectionBufferLimitBytes(UInt32Value.of(BUFFER_BYTES))
        .setIgnoreHealthOnHostRemoval(true)
        .setCircuitBreakers(CircuitBreakers.newBuilder().addThresholds(thresholds()))
        .setLoadBalancingPolicy(leastRequest())
        .putTypedExtensionProtocolOptions(PROTOCOL_OPTIONS, Any.pack(protocol(http2)));
  }

  /** Makes Envoy resolve a DNS name. */
  public static Cluster.Builder resolve(
      Cluster.Builder cluster, String host, int port, long refreshMillis) {
    return cluster
        .setClusterType(
            Cluster.CustomClusterType.newBuilder()
                .setName("envoy.clusters.dns")
                .setTypedConfig(
                    Any.pack(
                        DnsCluster.newBuilder()
                            .setDnsLookupFamily(DnsLookupFamily.V4_PREFERRED)
                            .setDnsRefreshRate(Durations.ofMillis(refreshMillis))
                            .build())))
        .setLoadAssignment(
            ClusterLoadAssignment.newBuilder()
                .setClusterName(cluster.getName())
                .addEndpoints(
                    LocalityLbEndpoints.newBuilder().addLbEndpoints(endpoint(host, port))));
  }

  /** An endpoint at an IP address or a DNS name. */
  public static LbEndpoint.Builder endpoint(String address, int port) {
    return LbEndpoint.newBuilder()
        .setEndpoint(
            Endpoint.newBuilder()
                .setAddress(
                    Address.newBuilder()
                        .setSocketAddress(
                            SocketAddress.newBuilder().setAddress(address).setPortValue(port))));
  }

  private static CircuitBreakers.Thresholds thresholds() {
    return CircuitBreakers.Thresholds.newBuilder()
        .setMaxConnections(UInt32Value.of(MAX_CONNECTIONS))
        .setMaxPendingRequests(UInt32Value.of(MAX_PENDING))
        .setMaxRequests(UInt32Value.of(MAX_REQUESTS))
        .setMaxRetries(UInt32Value.of(MAX_RETRIES))
        .setTrackRemaining(true)
        .build();
  }

  private static LoadBalancingPolicy leastRequest() {
    return LoadBalancingPolicy.newBuilder()
        .addPolicies(
            LoadBalancingPolicy.Policy.newBuilder()
                .setTypedExtensionConfig(
                    TypedExtensionConfig.newBuilder()
                        .setName("envoy.load_balancing_policies.least_request")
                        .setTypedConfig(Any.pack(LeastRequest.getDefaultInstance()))))
        .build();
  }

  private static HttpProtocolOptions protocol(boolean http2) {
    ExplicitHttpConfig.Builder explicit = ExplicitHttpConfig.newBuilder();
    if (http2) {
      explicit.setHttp2ProtocolOptions(http2Options());
    } else {
      explicit.setHttpProtocolOptions(Http1ProtocolOptions.getDefaultInstance());
    }
    return HttpProtocolOptions.newBuilder().setExplicitHttpConfig(explicit).build();
  }

  private static Http2ProtocolOptions http2Options() {
    return Http2ProtocolOptions.newBuilder()
        .setMaxConcurrentStreams(UInt32Value.of(HTTP2_STREAMS))
        .setInitialStreamWindowSize(UInt32Value.of(HTTP2_STREAM_WINDOW))
        .setInitialConnectionWindowSize(UInt32Value.of(HTTP2_CONNECTION_WINDOW))
        .setConnectionKeepalive(
            KeepaliveSettings.newBuilder()
                .setInterval(Durations.ofMillis(KEEPALIVE_INTERVAL_MILLIS))
                .setTimeout(Durations.ofMillis(KEEPALIVE_TIMEOUT_MILLIS)))
        .build();
  }
}
