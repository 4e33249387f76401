package io.chancery.bench.fleet;

import com.google.protobuf.Message;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.controlplane.cache.v3.SimpleCache;
import io.envoyproxy.controlplane.cache.v3.Snapshot;
import io.envoyproxy.controlplane.server.DefaultExecutorGroup;
import io.envoyproxy.controlplane.server.V3DiscoveryServer;
import io.envoyproxy.controlplane.server.serializer.CachedProtoResourcesSerializer;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** java-control-plane with its {@code SimpleCache}. */
final class JavaControlPlaneServer implements BenchServer {
  private static final int MAX_INBOUND_BYTES = 32 << 20; // As Chancery has it.

  private final FleetWorld world;
  private final SimpleCache<String> cache = new SimpleCache<>(Node::getCluster);
  private final Map<ResourceKind, Map<Integer, Message>> messages = new HashMap<>();

  /** The version of a kind is a count of its changes: nothing can be cheaper to make. */
  private final Map<ResourceKind, Integer> versions = new HashMap<>();

  private final Server server;

  /**
   * @param tuned with the server's own cache of serialised messages, and with handlers that run on
   *     Netty's threads
   */
  JavaControlPlaneServer(FleetWorld world, boolean tuned) {
    this.world = world;
    for (int number = 0; number < world.numbers(); number++) {
      set(new Mutation.Change(number, world.first(number)));
    }
    commit();
    V3DiscoveryServer services =
        tuned
            ? new V3DiscoveryServer(
                List.of(), cache, new DefaultExecutorGroup(), new CachedProtoResourcesSerializer())
            : new V3DiscoveryServer(cache);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .maxInboundMessageSize(MAX_INBOUND_BYTES)
            .addService(services.getAggregatedDiscoveryServiceImpl());
    if (tuned) {
      builder.directExecutor();
    }
    try {
      server = builder.build().start();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  private void set(Mutation.Change change) {
    ResourceKind kind = world.kind(change.number());
    Map<Integer, Message> ofKind = messages.computeIfAbsent(kind, _ -> new TreeMap<>());
    if (change.generation() == FleetWorld.ABSENT) {
      ofKind.remove(change.number());
    } else {
      ofKind.put(change.number(), world.message(change.number(), change.generation()));
    }
    versions.merge(kind, 1, Integer::sum);
  }

  @Override
  public long publish(Mutation mutation) {
    mutation.changes().forEach(this::set);
    long begin = System.nanoTime();
    commit();
    return begin;
  }

  private void commit() {
    cache.setSnapshot(
        Requests.FLEET,
        Snapshot.create(
            all(ResourceKind.CLUSTER, Cluster.class),
            version(ResourceKind.CLUSTER),
            all(ResourceKind.ENDPOINTS, ClusterLoadAssignment.class),
            version(ResourceKind.ENDPOINTS),
            all(ResourceKind.LISTENER, Listener.class),
            version(ResourceKind.LISTENER),
            all(ResourceKind.ROUTE_CONFIGURATION, RouteConfiguration.class),
            version(ResourceKind.ROUTE_CONFIGURATION),
            List.of(),
            "none"));
  }

  private <T extends Message> List<T> all(ResourceKind kind, Class<T> type) {
    return messages.getOrDefault(kind, Map.of()).values().stream().map(type::cast).toList();
  }

  private String version(ResourceKind kind) {
    return Objects.toString(versions.get(kind));
  }

  @Override
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      boolean _ = server.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
    }
  }
}
