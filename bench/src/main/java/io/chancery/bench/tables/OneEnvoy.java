package io.chancery.bench.tables;

import io.chancery.bench.World;
import io.chancery.bootstrap.EnvoyBinary;
import io.chancery.bootstrap.LocalEnvoy;
import io.chancery.bootstrap.LocalEnvoySpec;
import io.chancery.bootstrap.LocalEnvoySpec.Tuning;
import io.chancery.bootstrap.NodeIdentity;
import io.chancery.bootstrap.XdsAddress;
import io.chancery.compile.Compilation;
import io.chancery.crd.FleetSpec;
import io.chancery.engine.Write;
import io.chancery.snapshot.Delivery;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.stream.Feed;
import io.chancery.stream.XdsMetrics;
import io.chancery.stream.XdsServer;
import io.chancery.xds.ResourceKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A compiled world, and a real Envoy that runs it. */
final class OneEnvoy implements AutoCloseable {
  /** An Envoy goes on working after its ACK: it hands the tables to its workers. */
  private static final Duration AFTER_ACK = Duration.ofMillis(300);

  /** Of the interval, and after the comma since Envoy's start. */
  private static final Pattern DURATION =
      Pattern.compile(
          "\\.rds\\..*update_duration:.* P50\\([^,]*,([0-9.]+)\\).* P100\\([^,]*,([0-9.]+)\\)");

  private static final String FLEET = "default";

  private final World world;
  private final Duration limit;
  private final Compilation compilation = new Compilation();
  private final SnapshotStore store = new SnapshotStore();
  private final BlockingQueue<Delivery> answers = new LinkedBlockingQueue<>();
  private final AtomicLong sent = new AtomicLong();
  private final XdsServer server;
  private final LocalEnvoy envoy;
  private final long started;
  private int edits;

  OneEnvoy(
      EnvoyBinary binary, Path directory, World world, FleetSpec.RouteTables tables, Duration limit)
      throws IOException {
    this.world = world;
    this.limit = limit;
    List<Write<?, ?>> writes = new ArrayList<>(world.writes(compilation));
    writes.add(world.routeTables(tables, compilation.objects()));
    publish(writes);
    store.onDelivery(answers::add);
    server =
        new XdsServer(
            new XdsServer.Listen(
                "127.0.0.1", 0, limit, limit.multipliedBy(2), java.util.Optional.empty()),
            new Feed(store, new Nodes(), () -> true),
            new Bytes());
    started = System.nanoTime();
    envoy =
        LocalEnvoy.start(
            new LocalEnvoySpec(
                binary,
                directory,
                new NodeIdentity(FLEET, "bench-1"),
                List.of(XdsAddress.parse("127.0.0.1:" + server.port())),
                Tuning.DEFAULT.withWorkers(1)));
  }

  /** Counts what is sent. */
  private final class Bytes implements XdsMetrics {
    @Override
    public void pushed(String fleet, String kind, int resources, int removed, int bytes) {
      sent.addAndGet(bytes);
    }
  }

  /** What a change cost. */
  record Cost(double cpuMillis, double mainMillis, double ackMillis, long bytes) {}

  private void publish(List<Write<?, ?>> writes) {
    long _ = store.publish(compilation.apply(writes).changes());
  }

  /** Waits until the Envoy runs everything. */
  Duration load() throws IOException, InterruptedException {
    awaitRoutes();
    Duration time = Duration.ofNanos(System.nanoTime() - started);
    envoy.awaitLive(limit);
    Thread.sleep(AFTER_ACK.multipliedBy(5));
    return time;
  }

  /** Changes the path of one route, another one each time. */
  Cost change() throws InterruptedException {
    edits++;
    answers.clear();
    EnvoyUsage before = usage();
    long bytes = sent.get();
    long start = System.nanoTime();
    publish(
        List.of(world.route(edits * 37 % world.routes(), "/edit" + edits, compilation.objects())));
    awaitRoutes();
    double ackMillis = (System.nanoTime() - start) / 1e6;
    Thread.sleep(AFTER_ACK);
    EnvoyUsage after = usage();
    return new Cost(
        (after.cpuNanos() - before.cpuNanos()) / 1e6,
        (after.mainNanos() - before.mainNanos()) / 1e6,
        ackMillis,
        sent.get() - bytes);
  }

  private void awaitRoutes() throws InterruptedException {
    long revision = store.snapshot(FLEET).revision();
    while (true) {
      switch (answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        case null -> throw new IllegalStateException("no ACK of the Envoy within " + limit);
        case Delivery.Nacked refused -> throw new IllegalStateException("refused: " + refused);
        case Delivery.Acked(_, _, var kind, var acked) -> {
          if (kind.equals(ResourceKind.ROUTE_CONFIGURATION) && acked >= revision) {
            return;
          }
        }
      }
    }
  }

  EnvoyUsage usage() {
    return EnvoyUsage.of(envoy.pid());
  }

  /**
   * Envoy's own {@code update_duration} since its start, in milliseconds: the most of the medians
   * of all tables, and the most of all. Envoy brings it up to date every few seconds.
   */
  String updateDuration() throws IOException {
    double median = 0;
    double most = 0;
    String stats = envoy.admin().get("/stats?filter=update_duration&usedonly").body();
    for (MatchResult found : DURATION.matcher(stats).results().toList()) {
      median = Math.max(median, Double.parseDouble(found.group(1)));
      most = Math.max(most, Double.parseDouble(found.group(2)));
    }
    return most == 0 ? "not yet" : "%.1f (most %.1f)".formatted(median, most);
  }

  @Override
  public void close() {
    envoy.close();
    server.close();
  }
}
