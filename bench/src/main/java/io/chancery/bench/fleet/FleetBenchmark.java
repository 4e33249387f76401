package io.chancery.bench.fleet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares servers by a fleet of simulated nodes: one session of each server after the other, and
 * that again, in one run, on one machine.
 */
@Command(
    name = "FleetBenchmark",
    mixinStandardHelpOptions = true,
    description = "Compares xDS servers by a fleet of simulated nodes.")
final class FleetBenchmark implements Callable<Integer> {
  private static final int VOID = 2;

  @Option(names = "--nodes", description = "Nodes, each on a connection of its own.")
  private int nodes = 1000;

  @Option(names = "--resources", split = ",", description = "Sizes of the world.")
  private List<Integer> resources = List.of(1000, 10_000);

  @Option(names = "--servers", split = ",", description = "Which servers: ${COMPLETION-CANDIDATES}")
  private List<BenchServer.Kind> servers = Arrays.asList(BenchServer.Kind.values());

  @Option(names = "--rounds", description = "Sessions of each server.")
  private int rounds = 2;

  @Option(names = "--runs", description = "Measured runs of each kind of change in a session.")
  private int runs = 5;

  @Option(names = "--changes", description = "Changes in a run.")
  private int changes = 10;

  @Option(names = "--warm-up", description = "Changes of each kind before anything counts.")
  private int warmUp = 20;

  @Option(names = "--reconnects", description = "With known versions, in a session.")
  private int reconnects = 2;

  @Option(names = "--opening", description = "Nodes that may lack something while a fleet starts.")
  private int opening = 32;

  @Option(names = "--limit", description = "Seconds for one step, after which a run is void.")
  private int limitSeconds = 180;

  @Option(names = "--seed", description = "Of the changes.")
  private long seed = 1;

  @Option(names = "--server-core", description = "The core of the server.")
  private int serverCore;

  @Option(names = "--server-flags", description = "Flags of the server's JVM, separated by spaces.")
  private String serverFlags =
      "-Xms6g -Xmx6g -XX:+UseG1GC -XX:+UseCompactObjectHeaders"
          + " --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow";

  @Option(names = "--out", description = "Where the result goes, as JSON.")
  private Path out = Path.of("bench/target/fleet.json");

  public static void main(String[] args) {
    System.exit(new CommandLine(new FleetBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    List<Report.Row> rows = new ArrayList<>();
    List<Report.Session> sessions = new ArrayList<>();
    for (int size : resources) {
      Map<BenchServer.Kind, Map<Metric, List<Double>>> values =
          new EnumMap<>(BenchServer.Kind.class);
      for (int round = 1; round <= rounds; round++) {
        for (BenchServer.Kind kind : servers) {
          Report.Session session = session(kind, size, round);
          sessions.add(session);
          session
              .values()
              .forEach((metric, more) ->
                  values
                      .computeIfAbsent(kind, _ -> new EnumMap<>(Metric.class))
                      .computeIfAbsent(metric, _ -> new ArrayList<>())
                      .addAll(more));
        }
      }
      rows.addAll(Report.rows(size, values));
    }
    Report report = new Report(Environment.now(serverFlags), options(), rows, sessions);
    Files.writeString(
        out, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report));
    System.out.println(report.table());
    System.out.println("Written to " + out);
    return sessions.stream().allMatch(session -> session.failure().isEmpty()) ? 0 : VOID;
  }

  private Report.Session session(BenchServer.Kind kind, int size, int round) {
    FleetWorld world = new FleetWorld(size);
    String load = Environment.load();
    long start = System.nanoTime();
    Session.Plan plan =
        new Session.Plan(
            new Fleet.Plan(nodes, opening, Duration.ofSeconds(limitSeconds)),
            seed,
            warmUp,
            runs,
            changes,
            reconnects);
    Session.Outcome outcome;
    try (ServerProcess server =
        new ServerProcess(kind, world, serverCore, List.of(serverFlags.split(" ")))) {
      outcome = Session.run(plan, world, server);
    }
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    System.out.printf(
        "%s, %d resources, round %d: %d s, load %s before and %s after%s%n",
        kind.label(),
        size,
        round,
        seconds,
        load,
        Environment.load(),
        outcome.failure().isEmpty() ? "" : "; VOID: " + outcome.failure());
    return new Report.Session(
        kind.label(), size, round, load, Environment.load(), outcome.values(), outcome.failure());
  }

  private Map<String, Object> options() {
    return Map.of(
        "nodes", nodes,
        "rounds", rounds,
        "runs", runs,
        "changes", changes,
        "warmUp", warmUp,
        "reconnects", reconnects,
        "opening", opening,
        "limitSeconds", limitSeconds,
        "seed", seed);
  }
}
