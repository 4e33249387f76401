package io.chancery.bootstrap;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.overload.v3.LoadShedPoint;
import io.envoyproxy.envoy.config.overload.v3.OverloadAction;
import io.envoyproxy.envoy.config.overload.v3.OverloadManager;
import io.envoyproxy.envoy.config.overload.v3.ResourceMonitor;
import io.envoyproxy.envoy.config.overload.v3.ScaledTrigger;
import io.envoyproxy.envoy.config.overload.v3.Trigger;
import io.envoyproxy.envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig;
import io.envoyproxy.envoy.extensions.resource_monitors.fixed_heap.v3.FixedHeapConfig;
import java.util.OptionalLong;

/**
 * What an Envoy gives up first when it runs out of connections or memory. Values follow Envoy's
 * guide for edge proxies ({@code configuration/best_practices/edge}).
 */
final class OverloadLimits {
  private static final String HEAP = "envoy.resource_monitors.fixed_heap";
  private static final String CONNECTIONS =
      "envoy.resource_monitors.global_downstream_max_connections";

  private static final int MAX_DOWNSTREAM_CONNECTIONS = 50_000;
  private static final int REFRESH_MILLIS = 250;
  private static final double RESET_STREAMS_FROM = 0.85;
  private static final double SHRINK_HEAP_FROM = 0.95;
  private static final double STOP_REQUESTS_FROM = 0.98;

  /** Streams that buffer less than 2^20 bytes are not tracked, hence never reset for memory. */
  private static final int TRACKED_POWER_OF_TWO = 20;

  private OverloadLimits() {}

  static OverloadManager overloadManager(OptionalLong heapLimitBytes) {
    OverloadManager.Builder limits =
        OverloadManager.newBuilder()
            .setRefreshInterval(Durations.fromMillis(REFRESH_MILLIS))
            .addResourceMonitors(
                monitor(
                    CONNECTIONS,
                    DownstreamConnectionsConfig.newBuilder()
                        .setMaxActiveDownstreamConnections(MAX_DOWNSTREAM_CONNECTIONS)
                        .build()));
    heapLimitBytes.ifPresent(bytes -> guardHeap(limits, bytes));
    return limits.build();
  }

  private static void guardHeap(OverloadManager.Builder limits, long bytes) {
    limits
        .addResourceMonitors(
            monitor(HEAP, FixedHeapConfig.newBuilder().setMaxHeapSizeBytes(bytes).build()))
        .addActions(action("reset_high_memory_stream", scaled()))
        .addActions(action("shrink_heap", above(SHRINK_HEAP_FROM)))
        .addActions(action("stop_accepting_requests", above(STOP_REQUESTS_FROM)))
        .addLoadshedPoints(shed("tcp_listener_accept"))
        .addLoadshedPoints(shed("http_connection_manager_decode_headers"));
    limits.getBufferFactoryConfigBuilder().setMinimumAccountToTrackPowerOfTwo(TRACKED_POWER_OF_TWO);
  }

  private static ResourceMonitor monitor(String name, Message config) {
    return ResourceMonitor.newBuilder().setName(name).setTypedConfig(Any.pack(config)).build();
  }

  private static OverloadAction action(String name, Trigger trigger) {
    return OverloadAction.newBuilder()
        .setName("envoy.overload_actions." + name)
        .addTriggers(trigger)
        .build();
  }

  private static LoadShedPoint shed(String name) {
    return LoadShedPoint.newBuilder()
        .setName("envoy.load_shed_points." + name)
        .addTriggers(above(SHRINK_HEAP_FROM))
        .build();
  }

  private static Trigger above(double pressure) {
    Trigger.Builder trigger = Trigger.newBuilder().setName(HEAP);
    trigger.getThresholdBuilder().setValue(pressure);
    return trigger.build();
  }

  private static Trigger scaled() {
    ScaledTrigger range =
        ScaledTrigger.newBuilder()
            .setScalingThreshold(RESET_STREAMS_FROM)
            .setSaturationThreshold(SHRINK_HEAP_FROM)
            .build();
    return Trigger.newBuilder().setName(HEAP).setScaled(range).build();
  }
}
