package io.chancery.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.bootstrap.v3.Admin;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap.DynamicResources;
import io.envoyproxy.envoy.config.bootstrap.v3.LayeredRuntime;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.BackoffStrategy;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.config.core.v3.RetryPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The start configuration of an Envoy that takes everything else from Chancery by delta ADS. It is
 * built as Envoy's own message, so no text of a caller can add or end a field.
 *
 * @param node who the Envoy says it is
 * @param servers where the control plane serves xDS; not empty; replicas are equal, a reconnect
 *     takes any of them
 * @param tls files for mTLS towards the control plane; empty is plaintext, which the control plane
 *     serves on loopback only
 * @param adminSocket the Unix socket of Envoy's admin interface, at most {@value
 *     #MAX_SOCKET_PATH_BYTES} bytes long; Envoy never opens a TCP port for it
 * @param heapLimitBytes heap at which overload is total (0.9 of the container's limit is a good
 *     value); empty turns the heap guards off
 */
public record Bootstrap(
    NodeIdentity node,
    List<XdsAddress> servers,
    Optional<XdsTls> tls,
    Path adminSocket,
    OptionalLong heapLimitBytes) {

  /**
   * The shortest {@code sun_path} of the systems Envoy runs on (macOS: 104 with the closing zero).
   */
  public static final int MAX_SOCKET_PATH_BYTES = 103;

  /** Envoy's default; after it an Envoy without a control plane listens with what it has. */
  private static final int INITIAL_FETCH_TIMEOUT_SECONDS = 15;

  /** Before clusters and listeners are asked for; without a control plane it is time lost. */
  private static final int RUNTIME_FETCH_TIMEOUT_SECONDS = 5;

  /** The name of the runtime layer that the control plane compiles for each fleet. */
  private static final String FLEET_LAYER = "fleet";

  private static final int OWNER_ONLY = 0600;

  /** Refuses what Envoy would refuse at its start, with a message that names the field. */
  public Bootstrap {
    servers = List.copyOf(servers);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("no xDS server is given; expected at least one HOST:PORT");
    }
    int length = adminSocket.toString().getBytes(UTF_8).length;
    if (length > MAX_SOCKET_PATH_BYTES) {
      throw new IllegalArgumentException(
          "admin socket %s has a path of %d bytes; a Unix socket allows %d"
              .formatted(adminSocket, length, MAX_SOCKET_PATH_BYTES));
    }
  }

  /** A plaintext bootstrap without heap guards, for an Envoy beside its control plane. */
  public Bootstrap(NodeIdentity node, List<XdsAddress> servers, Path adminSocket) {
    this(node, servers, Optional.empty(), adminSocket, OptionalLong.empty());
  }

  /** The configuration as YAML, for {@code envoy -c}. Same values, same text. */
  public String yaml() {
    return ProtoYaml.print(message());
  }

  /** The configuration as Envoy's message. */
  public io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap message() {
    io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap.Builder bootstrap =
        io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap.newBuilder()
            .setNode(node.message())
            .setAdmin(admin())
            .setDynamicResources(dynamicResources())
            .setLayeredRuntime(runtime())
            .setOverloadManager(OverloadLimits.overloadManager(heapLimitBytes))
            .setStatsConfig(StatsSelection.statsConfig(node.fleet()));
    bootstrap.getStaticResourcesBuilder().addClusters(XdsCluster.cluster(servers, tls));
    // No local_cluster_name: zone-aware balancing needs the fleet's own endpoints, which nobody
    // reports yet.
    bootstrap.getClusterManagerBuilder().setEnableDeferredClusterCreation(true);
    bootstrap.getDeferredStatOptionsBuilder().setEnableDeferredCreationStats(true);
    return bootstrap.build();
  }

  private Admin admin() {
    Admin.Builder admin = Admin.newBuilder();
    admin.getAddressBuilder().getPipeBuilder().setPath(adminSocket.toString()).setMode(OWNER_ONLY);
    return admin.build();
  }

  private static DynamicResources dynamicResources() {
    ApiConfigSource.Builder ads =
        ApiConfigSource.newBuilder()
            .setApiType(ApiConfigSource.ApiType.DELTA_GRPC)
            .setTransportApiVersion(ApiVersion.V3)
            .setSetNodeOnFirstMessageOnly(true);
    ads.addGrpcServicesBuilder().setEnvoyGrpc(xds());
    return DynamicResources.newBuilder()
        .setAdsConfig(ads)
        .setCdsConfig(overAds(INITIAL_FETCH_TIMEOUT_SECONDS))
        .setLdsConfig(overAds(INITIAL_FETCH_TIMEOUT_SECONDS))
        .build();
  }

  /**
   * After a restart of the control plane, Envoys come back within seconds; Envoy's own limit is 30
   * s.
   */
  private static GrpcService.EnvoyGrpc xds() {
    return GrpcService.EnvoyGrpc.newBuilder()
        .setClusterName(XdsCluster.NAME)
        .setRetryPolicy(
            RetryPolicy.newBuilder()
                .setRetryBackOff(
                    BackoffStrategy.newBuilder()
                        .setBaseInterval(Durations.fromMillis(500))
                        .setMaxInterval(Durations.fromSeconds(5))))
        .build();
  }

  private static ConfigSource overAds(int timeoutSeconds) {
    return ConfigSource.newBuilder()
        .setAds(AggregatedConfigSource.getDefaultInstance())
        .setResourceApiVersion(ApiVersion.V3)
        .setInitialFetchTimeout(Durations.fromSeconds(timeoutSeconds))
        .build();
  }

  /**
   * The fleet's own values first, so that they cannot change the fixed ones; the admin interface
   * last. Envoy waits for the fleet's at its start, and goes on without them after a short time.
   */
  private static LayeredRuntime runtime() {
    Struct fixed =
        Struct.newBuilder()
            // Envoy's default of 100 refuses ordinary patterns; our own guard is stricter where it
            // matters.
            .putFields(
                "re2.max_program_size.error_level", Value.newBuilder().setNumberValue(1000).build())
            // Otherwise a gRPC time-out looks like an upstream that can be tried again.
            .putFields("envoy.reloadable_features.grpc_timeout_returns_deadline_exceeded", on())
            // CBC cookies can be forged (CVE-2026-47775).
            .putFields("envoy.reloadable_features.oauth2_use_gcm_encryption", on())
            .build();
    LayeredRuntime.Builder runtime = LayeredRuntime.newBuilder();
    runtime
        .addLayersBuilder()
        .setName(FLEET_LAYER)
        .getRtdsLayerBuilder()
        .setName(FLEET_LAYER)
        .setRtdsConfig(overAds(RUNTIME_FETCH_TIMEOUT_SECONDS));
    runtime.addLayersBuilder().setName("static").setStaticLayer(fixed);
    runtime.addLayersBuilder().setName("admin").getAdminLayerBuilder();
    return runtime.build();
  }

  private static Value on() {
    return Value.newBuilder().setBoolValue(true).build();
  }
}
