package io.chancery.it.xds;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.envoyproxy.controlplane.cache.v3.SimpleCache;
import io.envoyproxy.controlplane.cache.v3.Snapshot;
import io.envoyproxy.controlplane.server.V3DiscoveryServer;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * java-control-plane with its {@code SimpleCache}, as its documentation shows it. The version of a
 * type is a hash of its resources, so that what did not change has the version that it had.
 */
final class JavaControlPlaneServer implements ServerUnderTest {
  private final SimpleCache<String> cache = new SimpleCache<>(Node::getCluster);
  private final Map<XdsType, Map<String, Message>> draft = new EnumMap<>(XdsType.class);
  private @Nullable Server server;

  @Override
  public String name() {
    return "java-control-plane";
  }

  @Override
  public Set<Variant> variants() {
    return Variant.ALL;
  }

  @Override
  public List<Deviation> deviations() {
    return JavaControlPlaneDeviations.ALL;
  }

  @Override
  public void start() {
    commit();
    V3DiscoveryServer services = new V3DiscoveryServer(cache);
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Server built =
        NettyServerBuilder.forAddress(address)
            .addService(services.getAggregatedDiscoveryServiceImpl())
            .addService(services.getClusterDiscoveryServiceImpl())
            .addService(services.getEndpointDiscoveryServiceImpl())
            .addService(services.getListenerDiscoveryServiceImpl())
            .addService(services.getRouteDiscoveryServiceImpl())
            .addService(services.getSecretDiscoveryServiceImpl())
            .build();
    try {
      server = built.start();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  private Server started() {
    Server known = server;
    if (known == null) {
      throw new IllegalStateException("not started");
    }
    return known;
  }

  @Override
  public int port() {
    return started().getPort();
  }

  @Override
  public void set(XdsType type, String name, Message message) {
    if (type == XdsType.RUNTIMES || type == XdsType.EXTENSIONS) {
      throw new UnsupportedOperationException("a snapshot of java-control-plane has no " + type);
    }
    Message _ = resources(type).put(name, message);
  }

  @Override
  public void set(XdsType type, String name, Message message, Duration timeToLive) {
    throw new UnsupportedOperationException("a snapshot has no times to live");
  }

  @Override
  public void remove(XdsType type, String name) {
    Message _ = resources(type).remove(name);
  }

  private Map<String, Message> resources(XdsType type) {
    return draft.computeIfAbsent(type, _ -> new TreeMap<>());
  }

  @Override
  public void commit() {
    cache.setSnapshot(
        FLEET,
        Snapshot.create(
            messages(XdsType.CLUSTERS, Cluster.class),
            version(XdsType.CLUSTERS),
            messages(XdsType.ENDPOINTS, ClusterLoadAssignment.class),
            version(XdsType.ENDPOINTS),
            messages(XdsType.LISTENERS, Listener.class),
            version(XdsType.LISTENERS),
            messages(XdsType.ROUTES, RouteConfiguration.class),
            version(XdsType.ROUTES),
            messages(XdsType.SECRETS, Secret.class),
            version(XdsType.SECRETS)));
  }

  private <T extends Message> List<T> messages(XdsType type, Class<T> of) {
    return resources(type).values().stream().map(of::cast).toList();
  }

  private String version(XdsType type) {
    ByteString bytes =
        resources(type).values().stream()
            .map(Message::toByteString)
            .reduce(ByteString.EMPTY, ByteString::concat);
    return UUID.nameUUIDFromBytes(bytes.toByteArray()).toString();
  }

  @Override
  public void close() {
    Server _ = started().shutdownNow();
    try {
      boolean _ = started().awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
    }
  }
}
