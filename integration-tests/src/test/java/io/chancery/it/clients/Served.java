package io.chancery.it.clients;

import com.google.protobuf.Message;
import io.chancery.snapshot.NodeState;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.stream.Feed;
import io.chancery.stream.XdsMetrics;
import io.chancery.stream.XdsServer;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A fleet as its resources say, served by a real server behind a network that can be cut. */
final class Served implements AutoCloseable {
  static final String FLEET = "edge";

  private final SnapshotStore store = new SnapshotStore();
  private final Nodes nodes = new Nodes();
  private volatile Instant since = Instant.EPOCH;
  private final List<String> held = new CopyOnWriteArrayList<>();
  private final List<ResourceChange> draft = new ArrayList<>();
  private XdsServer server = start(0);
  private final Relay relay = new Relay(server.port());

  private XdsServer start(int port) {
    Feed feed = new Feed(store, nodes, () -> true);
    return new XdsServer(new XdsServer.Listen("127.0.0.1", port), feed, metrics());
  }

  private XdsMetrics metrics() {
    return new XdsMetrics() {
      @Override
      public void holdExpired(String fleet, String kind) {
        held.add(kind);
      }
    };
  }

  /** Kinds of which a change waited in vain for an acknowledgement, and was sent without. */
  List<String> heldInVain() {
    return List.copyOf(held);
  }

  /** Where clients connect. */
  int port() {
    return relay.port();
  }

  Served set(ResourceKind kind, String name, Message message) {
    return change(kind, name, Optional.of(Resource.of(kind, name, message, Set.of())));
  }

  Served remove(ResourceKind kind, String name) {
    return change(kind, name, Optional.empty());
  }

  private Served change(ResourceKind kind, String name, Optional<Resource> resource) {
    draft.add(new ResourceChange(FLEET, kind, name, resource, Set.of()));
    return this;
  }

  /** Makes all that was set or removed visible at once. */
  void publish() {
    long _ = store.publish(List.copyOf(draft));
    draft.clear();
  }

  /** Loses all connections; the clients come again. */
  void cut() {
    since = Instant.now();
    relay.cut();
  }

  /** How many connections there have been. */
  int connections() {
    return relay.connections();
  }

  /**
   * Another process on the same port, which knows nothing of the one before.
   *
   * @param meanwhile happens while there is none
   */
  void restart(Runnable meanwhile) {
    int port = server.port();
    server.close();
    meanwhile.run();
    server = start(port);
  }

  /**
   * Whether a client has accepted all that there is of these kinds, on one stream or on many; those
   * that were cut do not count.
   */
  boolean isAccepted(ResourceKind... kinds) {
    long revision = store.revision();
    return Arrays.stream(kinds)
        .allMatch(kind ->
            nodes.nodes().stream()
                .filter(node -> node.connectedAt().isAfter(since))
                .flatMap(node -> node.kind(kind).stream())
                .anyMatch(state -> state.acked() == revision));
  }

  /** What was refused, by anyone. */
  List<NodeState.Nack> refusals() {
    return nodes.nodes().stream()
        .flatMap(node -> node.kinds().values().stream())
        .flatMap(kind -> kind.lastNack().stream())
        .toList();
  }

  @Override
  public void close() {
    relay.close();
    server.close();
  }
}
