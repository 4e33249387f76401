package io.chancery.stream;

import com.google.protobuf.Message;
import io.chancery.snapshot.Delivery;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.Quarantine;
import io.chancery.snapshot.QuarantineFile;
import io.chancery.snapshot.SnapshotFiles;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server with one fleet, {@code edge}, on a free port, and clients to it. */
final class Fixture implements AutoCloseable {
  final SnapshotStore store;
  final Nodes nodes = new Nodes();
  Quarantine quarantine = new Quarantine();
  final Counts counts = new Counts();
  final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  volatile boolean ready = true;
  private final List<Conversation> open = new ArrayList<>();
  XdsServer server;

  Fixture() {
    this(Duration.ofMinutes(1), 1000);
  }

  Fixture(Duration hold, int logLimit) {
    store = new SnapshotStore(logLimit);
    store.onDelivery(deliveries::add);
    server = start(0, hold);
  }

  XdsServer start(int port, Duration hold) {
    Feed feed = new Feed(store, nodes, quarantine, () -> ready, _ -> false);
    return new XdsServer(new XdsServer.Listen("127.0.0.1", port, hold), limits(), feed, counts);
  }

  /** The usual ones; but nobody is waited for, so that silence tells something. */
  private static Limits limits() {
    Limits usual = Limits.DEFAULT;
    return new Limits(
        usual.streamsPerSecond(),
        usual.streamsAtOnce(),
        usual.bytesPerSecond(),
        usual.beginners(),
        usual.connectionAge(),
        usual.firstRequest(),
        Duration.ZERO);
  }

  static final class Counts implements XdsMetrics {
    final AtomicInteger responses = new AtomicInteger();
    final AtomicInteger resources = new AtomicInteger();
    final AtomicInteger nacks = new AtomicInteger();
    final AtomicInteger expired = new AtomicInteger();
    final AtomicInteger coalesced = new AtomicInteger();
    final List<String> turnedAway = new CopyOnWriteArrayList<>();

    @Override
    public void pushed(String fleet, String kind, int resources, int removed, int bytes) {
      responses.incrementAndGet();
      this.resources.addAndGet(resources);
    }

    @Override
    public void nacked(String fleet, String kind) {
      nacks.incrementAndGet();
    }

    @Override
    public void turnedAway(String reason) {
      turnedAway.add(reason);
    }

    @Override
    public void coalesced(String fleet, String kind, int names) {
      coalesced.addAndGet(names);
    }

    @Override
    public void holdExpired(String fleet, String kind) {
      expired.incrementAndGet();
    }
  }

  Conversation connect() {
    return connect(true);
  }

  Conversation connect(boolean reads) {
    Conversation conversation = new Conversation(server.port(), reads);
    open.add(conversation);
    return conversation;
  }

  /** A client of another node, or of another build. */
  Conversation connect(String id, int minorVersion) {
    Conversation conversation = connect();
    conversation
        .node
        .setId(id)
        .getUserAgentBuildVersionBuilder()
        .getVersionBuilder()
        .setMajorNumber(1)
        .setMinorNumber(minorVersion);
    return conversation;
  }

  /** Ends the server and starts another one, which knows of refusals only what is stored. */
  void restart(Path directory) {
    server.close();
    try {
      QuarantineFile file = new SnapshotFiles(directory).quarantine();
      file.write(quarantine.entries());
      quarantine = new Quarantine();
      quarantine.restore(new SnapshotFiles(directory).quarantine().read());
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    server = start(0, Duration.ofMinutes(1));
  }

  long publish(ResourceChange... changes) {
    return store.publish(Arrays.asList(changes));
  }

  /** A resource whose content, and so its version, is given by a tag. */
  static ResourceChange set(ResourceKind kind, String name, String tag) {
    return set(kind, name, message(kind, name, tag));
  }

  static ResourceChange set(ResourceKind kind, String name, Message message) {
    return change(kind, name, Optional.of(Resource.of(kind, name, message, Set.of())));
  }

  static ResourceChange gone(ResourceKind kind, String name) {
    return change(kind, name, Optional.empty());
  }

  private static ResourceChange change(
      ResourceKind kind, String name, Optional<Resource> resource) {
    return new ResourceChange("edge", kind, name, resource, Set.of());
  }

  static String version(ResourceChange change) {
    return change.resource().orElseThrow().version().hex();
  }

  static Cluster edsCluster(String name, String tag) {
    return Cluster.newBuilder()
        .setName(name)
        .setAltStatName(tag)
        .setType(Cluster.DiscoveryType.EDS)
        .build();
  }

  private static Message message(ResourceKind kind, String name, String tag) {
    return switch (kind.id()) {
      case "clusters" -> Cluster.newBuilder().setName(name).setAltStatName(tag).build();
      case "endpoints" ->
          ClusterLoadAssignment.newBuilder()
              .setClusterName(name)
              .addEndpoints(
                  io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints.newBuilder()
                      .setLocality(
                          io.envoyproxy.envoy.config.core.v3.Locality.newBuilder().setZone(tag)))
              .build();
      case "listeners" -> Listener.newBuilder().setName(name).setStatPrefix(tag).build();
      case "routes" ->
          RouteConfiguration.newBuilder().setName(name).addInternalOnlyHeaders(tag).build();
      case "secrets" ->
          Secret.newBuilder()
              .setName(name)
              .setGenericSecret(
                  io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.GenericSecret.newBuilder()
                      .setSecret(
                          io.envoyproxy.envoy.config.core.v3.DataSource.newBuilder()
                              .setInlineString(tag)))
              .build();
      default ->
          TypedExtensionConfig.newBuilder()
              .setName(name)
              .setTypedConfig(com.google.protobuf.Any.newBuilder().setTypeUrl(tag))
              .build();
    };
  }

  @Override
  public void close() {
    for (Conversation conversation : open) {
      conversation.close();
    }
    server.close();
  }
}
