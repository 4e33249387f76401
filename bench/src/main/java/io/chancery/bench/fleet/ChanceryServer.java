package io.chancery.bench.fleet;

import com.google.protobuf.Message;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.stream.Feed;
import io.chancery.stream.XdsMetrics;
import io.chancery.stream.XdsServer;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chancery's snapshots and xDS server, without what compiles. */
final class ChanceryServer implements BenchServer {
  private final FleetWorld world;
  private final SnapshotStore store = new SnapshotStore();
  private final XdsServer server;

  ChanceryServer(FleetWorld world) {
    this.world = world;
    List<Mutation.Change> all = new ArrayList<>();
    for (int number = 0; number < world.numbers(); number++) {
      all.add(new Mutation.Change(number, world.first(number)));
    }
    long _ = publish(new Mutation(all));
    Feed feed = new Feed(store, new Nodes(), () -> true);
    this.server = new XdsServer(new XdsServer.Listen("127.0.0.1", 0), feed, XdsMetrics.NONE);
  }

  /** A message that is there, or is not, at a number. */
  private record Ready(int number, Optional<Message> message) {}

  @Override
  public long publish(Mutation mutation) {
    List<Ready> ready = mutation.changes().stream().map(this::ready).toList();
    long begin = System.nanoTime();
    long _ = store.publish(ready.stream().map(this::change).toList());
    return begin;
  }

  private Ready ready(Mutation.Change change) {
    return new Ready(
        change.number(),
        change.generation() == FleetWorld.ABSENT
            ? Optional.empty()
            : Optional.of(world.message(change.number(), change.generation())));
  }

  private ResourceChange change(Ready ready) {
    ResourceKind kind = world.kind(ready.number);
    String name = world.name(ready.number);
    Optional<Resource> resource =
        ready.message.map(message -> Resource.of(kind, name, message, Set.of()));
    return new ResourceChange(Requests.FLEET, kind, name, resource, Set.of());
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }
}
