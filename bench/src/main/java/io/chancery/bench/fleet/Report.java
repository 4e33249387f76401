package io.chancery.bench.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All that a benchmark found.
 *
 * @param options of the command
 * @param rows one for each metric and size
 * @param sessions in their order, with each single value
 */
record Report(
    Environment environment, Map<String, Object> options, List<Row> rows, List<Session> sessions) {

  /**
   * One metric.
   *
   * @param servers what each server made of it; one that is missing was not measured
   */
  record Row(int resources, String metric, Map<String, Spread> servers) {}

  /**
   * One session.
   *
   * @param failure why the rest is missing; empty: nothing is
   */
  record Session(
      String server,
      int resources,
      int round,
      String loadBefore,
      String loadAfter,
      Map<Metric, List<Double>> values,
      String failure) {}

  static List<Row> rows(int resources, Map<BenchServer.Kind, Map<Metric, List<Double>>> values) {
    List<Row> rows = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      Map<String, Spread> servers = new TreeMap<>();
      values.forEach((kind, of) -> {
        if (of.containsKey(metric)) {
          servers.put(kind.label(), Spread.of(of.getOrDefault(metric, List.of())));
        }
      });
      rows.add(new Row(resources, metric.label(), servers));
    }
    return rows;
  }

  /** Median, least and most, as a table of Markdown for each size. */
  String table() {
    StringBuilder text = new StringBuilder();
    Map<Integer, List<Row>> bySize =
        rows.stream()
            .collect(Collectors.groupingBy(Row::resources, TreeMap::new, Collectors.toList()));
    bySize.forEach((size, ofSize) -> text.append(table(size, ofSize)));
    for (Session session : sessions) {
      if (!session.failure.isEmpty()) {
        text.append(
            "\nVOID: %s, %d resources, round %d: %s\n"
                .formatted(session.server, session.resources, session.round, session.failure));
      }
    }
    return text.toString();
  }

  private static String table(int size, List<Row> rows) {
    List<String> servers =
        rows.stream().flatMap(row -> row.servers.keySet().stream()).distinct().sorted().toList();
    StringBuilder text = new StringBuilder("\n| %,d resources | ".formatted(size));
    text.append(String.join(" | ", servers)).append(" |\n|---|").repeat("---|", servers.size());
    for (Row row : rows) {
      text.append("\n| ").append(row.metric).append(" | ");
      text.append(
          servers.stream()
              .map(server ->
                  row.servers.containsKey(server) ? row.servers.get(server).toString() : "not run")
              .collect(Collectors.joining(" | ")));
      text.append(" |");
    }
    return text.append('\n').toString();
  }
}
