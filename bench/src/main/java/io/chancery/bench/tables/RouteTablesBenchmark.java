package io.chancery.bench.tables;

import io.chancery.bench.World;
import io.chancery.bench.fleet.Environment;
import io.chancery.bench.fleet.Spread;
import io.chancery.bootstrap.EnvoyBinary;
import io.chancery.crd.FleetSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** What one changed route costs a real Envoy, by the form of its route tables; on Linux. */
@Command(
    name = "RouteTablesBenchmark",
    mixinStandardHelpOptions = true,
    description = "What one changed route costs a real Envoy, by the form of its route tables.")
public final class RouteTablesBenchmark implements Callable<Integer> {
  @Option(names = "--routes", split = ",", description = "Sizes; one route to a host.")
  private List<Integer> routes = List.of(1000, 10_000, 50_000);

  @Option(names = "--shards", description = "Of the form Scoped.")
  private int shards = 256;

  @Option(names = "--changes", description = "Measured changes, each of one route.")
  private int changes = 20;

  @Option(names = "--warm-up", description = "Changes before those.")
  private int warmUp = 5;

  @Option(names = "--limit", description = "Seconds to wait for one answer.")
  private int limitSeconds = 120;

  @Option(names = "--out", description = "Where the result goes, as JSON.")
  private Path out = Path.of("bench/target/route-tables.json");

  /**
   * One form at one size. Each change counts by itself; of all of them: least, median, most.
   *
   * @param loadSeconds from the Envoy's start to its ACK of all routes
   * @param cpuMillis of the Envoy for a change
   * @param mainMillis of its main thread for a change
   * @param ackMillis from the change to the Envoy's ACK, with the compilation
   * @param updateMillis Envoy's own {@code update_duration} since its start, with the load: the
   *     most of the medians of all tables, and the most of all
   * @param bytes to the Envoy for a change
   */
  public record Row(
      String form,
      int routes,
      double loadSeconds,
      long loadedResidentMegabytes,
      Spread cpuMillis,
      Spread mainMillis,
      Spread ackMillis,
      String updateMillis,
      Spread bytes,
      String loadAverage) {}

  /**
   * All that was measured.
   *
   * @param envoy its version
   */
  public record Result(
      Environment environment, String envoy, Map<String, Object> options, List<Row> rows) {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new RouteTablesBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    EnvoyBinary envoy =
        EnvoyBinary.find(System.getenv(), Path.of(".chancery"), System.err::println);
    FleetSpec.RouteTables single = new FleetSpec.RouteTables(FleetSpec.Type.Single, null);
    FleetSpec.RouteTables scoped =
        new FleetSpec.RouteTables(FleetSpec.Type.Scoped, new FleetSpec.Scoped(shards, false));
    List<Row> rows = new ArrayList<>();
    System.out.println(
        "| form | routes | load, s | RSS, MB | CPU for a change, ms | of its main thread, ms"
            + " | to the ACK, ms | Envoy's update_duration, ms | bytes |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    for (int size : routes) {
      for (FleetSpec.RouteTables tables : List.of(single, scoped)) {
        Row row = measure(envoy, size, tables);
        rows.add(row);
        System.out.printf(
            "| %s | %,d | %.1f | %,d | %s | %s | %s | %s | %s |%n",
            row.form,
            row.routes,
            row.loadSeconds,
            row.loadedResidentMegabytes,
            row.cpuMillis,
            row.mainMillis,
            row.ackMillis,
            row.updateMillis,
            row.bytes);
      }
    }
    Map<String, Object> options =
        Map.of("shards", shards, "changes", changes, "warmUp", warmUp, "workers", 1);
    Result result = new Result(Environment.now(""), envoy.version(), options, rows);
    Files.writeString(
        out, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(result));
    System.out.println("Written to " + out);
    return 0;
  }

  private Row measure(EnvoyBinary envoy, int size, FleetSpec.RouteTables tables) throws Exception {
    String load = Environment.load();
    Path directory = Files.createTempDirectory("tables");
    try (OneEnvoy one =
        new OneEnvoy(
            envoy, directory, new World(size, size), tables, Duration.ofSeconds(limitSeconds))) {
      double loadSeconds = one.load().toNanos() / 1e9;
      for (int i = 0; i < warmUp; i++) {
        OneEnvoy.Cost _ = one.change();
      }
      long resident = one.usage().residentKilobytes() >> 10;
      List<OneEnvoy.Cost> costs = new ArrayList<>();
      for (int i = 0; i < changes; i++) {
        costs.add(one.change());
      }
      return new Row(
          tables.type() + (tables.type() == FleetSpec.Type.Scoped ? ", " + shards + " shards" : ""),
          size,
          loadSeconds,
          resident,
          Spread.of(costs.stream().map(OneEnvoy.Cost::cpuMillis).toList()),
          Spread.of(costs.stream().map(OneEnvoy.Cost::mainMillis).toList()),
          Spread.of(costs.stream().map(OneEnvoy.Cost::ackMillis).toList()),
          one.updateDuration(),
          Spread.of(costs.stream().map(cost -> (double) cost.bytes()).toList()),
          load + " before, " + Environment.load() + " after");
    }
  }
}
