package io.chancery.bench.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** One server from its start to its end, with a fleet on it, and what was measured. */
final class Session {
  private static final int SLOW_EACH = 20;
  private static final int SLOW_CHANGES = 20;
  private static final int REFUSING_EACH = 100;
  private static final Duration REFUSING = Duration.ofSeconds(2);
  private static final Duration SETTLING = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int MOVES = 4;
  private static final double MICROS = 1e3;
  private static final double MILLIS = 1e6;
  private static final double SECONDS = 1e9;

  private final Plan plan;
  private final ServerProcess server;
  private final Fleet fleet;
  private final Mutations mutations;
  private final Map<Metric, List<Double>> values = new EnumMap<>(Metric.class);

  /**
   * How a session goes.
   *
   * @param warmUp changes of each kind before anything counts
   * @param runs how often each kind of change is measured
   * @param changes of which a run is the mean, or the distribution
   * @param reconnects with known versions
   */
  record Plan(Fleet.Plan fleet, long seed, int warmUp, int runs, int changes, int reconnects) {}

  private Session(Plan plan, ServerProcess server, Fleet fleet, Mutations mutations) {
    this.plan = plan;
    this.server = server;
    this.fleet = fleet;
    this.mutations = mutations;
  }

  /**
   * What a session gave.
   *
   * @param failure why the rest is missing; empty: nothing is
   */
  record Outcome(Map<Metric, List<Double>> values, String failure) {}

  /** Runs all phases; one that is void ends the session. */
  static Outcome run(Plan plan, FleetWorld world, ServerProcess server) {
    try (Fleet fleet = new Fleet(world, plan.fleet, server.port())) {
      Session session = new Session(plan, server, fleet, new Mutations(world, plan.seed));
      String failure = "";
      try {
        session.phases();
      } catch (VoidRunException cause) {
        failure = String.valueOf(cause.getMessage());
      }
      return new Outcome(session.values, failure);
    }
  }

  private void phases() {
    long empty = server.heapBytes();
    note(Metric.START, fleet.open().toNanos() / SECONDS);
    check();
    note(Metric.HEAP, (server.heapBytes() - empty) / 1024.0 / nodes());
    for (int i = 0; i < plan.warmUp; i++) {
      Acks _ = fleet.change(mutations.route(), server);
      Acks _ = fleet.change(mutations.endpoint(), server);
    }
    double idle = idle();
    note(Metric.IDLE, idle * 1e3);
    for (int i = 0; i < plan.runs; i++) {
      changes(Metric.ROUTE, mutations::route, idle);
      changes(Metric.ENDPOINT, mutations::endpoint, idle);
    }
    check();
    for (int i = 0; i < plan.reconnects; i++) {
      reconnect(idle);
    }
    reconnectNew(idle);
    check();
    slow();
    check();
    refuse();
    check();
    move();
  }

  private int nodes() {
    return plan.fleet.nodes();
  }

  private void note(Metric metric, double value) {
    values.computeIfAbsent(metric, _ -> new ArrayList<>()).add(value);
  }

  /** Nobody got what it should not have, and all hold what is published. */
  private void check() {
    List<String> violations = fleet.violations();
    if (!violations.isEmpty()) {
      throw new VoidRunException(violations.size() + " deviations: " + violations.getFirst());
    }
    long _ = fleet.hash();
  }

  /** CPU seconds of the server in each second without changes. */
  private double idle() {
    pause(SETTLING); // The JVM compiles what the warm-up has shown it.
    long start = System.nanoTime();
    ServerProcess.Meter before = server.meter();
    pause(IDLE);
    return (double) (server.meter().cpuNanos() - before.cpuNanos()) / (System.nanoTime() - start);
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException cause) {
      throw new IllegalStateException(cause);
    }
  }

  private void changes(Metric.OfChange metrics, Supplier<Mutation> next, double idle) {
    Traffic.Total traffic = fleet.total();
    ServerProcess.Meter before = server.meter();
    long start = System.nanoTime();
    List<Double> firsts = new ArrayList<>();
    double[] times = new double[plan.changes * nodes()];
    for (int i = 0; i < plan.changes; i++) {
      Acks acks = fleet.change(next.get(), server);
      firsts.add(acks.afterShare(0) / MILLIS);
      for (int node = 0; node < nodes(); node++) {
        times[i * nodes() + node] = acks.after(node) / MILLIS;
      }
      pause(PAUSE); // The server reads the last ACKs.
    }
    ServerProcess.Meter after = server.meter();
    double cpu = after.cpuNanos() - before.cpuNanos() - idle * (System.nanoTime() - start);
    Arrays.sort(times);
    note(metrics.first(), Spread.of(firsts).median());
    note(metrics.p50(), times[times.length / 2]);
    note(metrics.p99(), times[(int) (times.length * 0.99)]);
    note(metrics.max(), times[times.length - 1]);
    note(metrics.cpu(), cpu / MICROS / plan.changes / nodes());
    double bytes = fleet.total().since(traffic).bytesReceived();
    note(metrics.bytes(), bytes / plan.changes / nodes());
    double allocated = after.allocatedBytes() - before.allocatedBytes();
    note(metrics.allocated(), allocated / 1024 / plan.changes);
  }

  private void reconnect(double idle) {
    fleet.cut();
    pause(IDLE); // The server notices.
    Traffic.Total traffic = fleet.total();
    ServerProcess.Meter before = server.meter();
    long start = System.nanoTime();
    Duration time = fleet.reopen(mutations.route(), server);
    pause(PAUSE);
    double cpu = server.meter().cpuNanos() - before.cpuNanos() - idle * (System.nanoTime() - start);
    Traffic.Total since = fleet.total().since(traffic);
    note(Metric.KNOWN, time.toNanos() / SECONDS);
    note(Metric.KNOWN_CPU, cpu / MICROS / nodes());
    note(Metric.KNOWN_RESOURCES, (double) since.resources() / nodes() - 1); // But the change.
    note(Metric.KNOWN_TO, since.bytesReceived() / 1024.0 / nodes());
    note(Metric.KNOWN_FROM, since.bytesSent() / 1024.0 / nodes());
  }

  private void reconnectNew(double idle) {
    fleet.cut();
    pause(IDLE);
    Traffic.Total traffic = fleet.total();
    ServerProcess.Meter before = server.meter();
    long start = System.nanoTime();
    note(Metric.NEW, fleet.open().toNanos() / SECONDS);
    double cpu = server.meter().cpuNanos() - before.cpuNanos() - idle * (System.nanoTime() - start);
    note(Metric.NEW_CPU, cpu / MICROS / nodes());
    double bytes = fleet.total().since(traffic).bytesReceived();
    note(Metric.NEW_TO, bytes / 1024.0 / nodes());
  }

  private void slow() {
    fleet.stopReading(SLOW_EACH);
    Acks _ = fleet.change(mutations.route(), server); // The last one that they read.
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < SLOW_CHANGES; i++) {
      times.add(fleet.change(mutations.route(), server).afterShare(0.99) / MILLIS);
    }
    Traffic.Total traffic = fleet.total();
    Duration _ = fleet.readAll();
    int slow = (nodes() + SLOW_EACH - 1) / SLOW_EACH;
    note(Metric.SLOW_P99, Spread.of(times).median());
    note(Metric.SLOW_RESPONSES, (double) fleet.total().since(traffic).responses() / slow);
  }

  private void refuse() {
    Mutation refused = mutations.route();
    int number = refused.changes().getFirst().number();
    Traffic.Total traffic = fleet.total();
    fleet.refuse(REFUSING_EACH, Set.of(number));
    Acks _ = fleet.change(refused, server);
    pause(REFUSING);
    long offers = fleet.total().since(traffic).refused();
    int refusing = (nodes() + REFUSING_EACH - 1) / REFUSING_EACH;
    note(Metric.REFUSED, (double) offers / refusing);
    fleet.refuseNothing();
    Acks _ = fleet.change(mutations.again(number), server);
  }

  private void move() {
    for (int i = 0; i < MOVES; i++) {
      Acks _ = fleet.change(mutations.move(), server);
    }
    long _ = fleet.hash();
    note(Metric.ORDER, (double) fleet.deviations() / nodes());
  }
}
