package io.chancery.engine;

import io.chancery.engine.Plan.DerivedPlan;
import io.chancery.engine.Plan.Edit;
import io.chancery.engine.Plan.ReadPlan;
import io.chancery.engine.Table.Derived;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tables of a plan, and a record of which rules ran and what they saw. */
final class RandomTables {
  static final int KEYS = 8;
  private static final int GROUPS = 5;
  private static final int RESULTS = 11;

  final List<Table<Integer, Integer>> tables = new ArrayList<>();
  private final List<Index<Integer, Integer, Integer>> indexes = new ArrayList<>();
  private final List<Table.Source<Integer, Integer>> sources = new ArrayList<>();
  private final Pipeline pipeline;
  private final boolean bypassesReads;

  /** Rules that ran since this was last cleared. */
  final List<Run> runs = new ArrayList<>();

  /** One run of a rule, with the cells that it saw. */
  record Run(int table, int key, Set<Cell> seen) {}

  /** A row of a table, or a group of its index. */
  record Cell(boolean group, int table, int key) {}

  /**
   * Builds the tables.
   *
   * @param bypassesReads plants a bug: rules look at rows behind the back of {@link Reads}
   */
  RandomTables(Plan plan, boolean bypassesReads) {
    this.bypassesReads = bypassesReads;
    for (int i = 0; i < plan.sources(); i++) {
      Table.Source<Integer, Integer> source = new Table.Source<>("source" + i);
      sources.add(source);
      add(source);
    }
    plan.derived().forEach(derived -> add(derived(tables.size(), derived)));
    pipeline = new Pipeline(tables);
  }

  /** Applies a batch; the last write of a row wins, as in the queue before the engine. */
  Outcome apply(List<Edit> batch) {
    Map<List<Object>, Write<Integer, Integer>> writes = new LinkedHashMap<>();
    batch.stream().map(this::write).forEach(w -> writes.put(List.of(w.table(), w.key()), w));
    return pipeline.apply(List.copyOf(writes.values()), () -> {});
  }

  /** All rows of all tables. */
  List<Map<Integer, Integer>> rows() {
    return tables.stream().map(table -> Map.copyOf(table.rows())).toList();
  }

  /** Writes that bring fresh tables to the sources' present rows. */
  List<Edit> edits() {
    return IntStream.range(0, sources.size())
        .boxed()
        .flatMap(i ->
            sources.get(i).rows().entrySet().stream()
                .map(row -> new Edit(i, row.getKey(), row.getValue())))
        .toList();
  }

  boolean holdsNothing() {
    return tables.stream().allMatch(Table::holdsNothing);
  }

  /** Derived tables, by number. */
  IntStream derived() {
    return IntStream.range(sources.size(), tables.size());
  }

  /** What a cell shows in a state of all rows. */
  static Map<Integer, Integer> shown(Cell cell, List<Map<Integer, Integer>> rows) {
    Map<Integer, Integer> table = new TreeMap<>(rows.get(cell.table()));
    table
        .entrySet()
        .removeIf(row ->
            cell.group()
                ? !groups(row.getValue()).contains(cell.key())
                : row.getKey() != cell.key());
    return table;
  }

  private void add(Table<Integer, Integer> table) {
    indexes.add(table.indexBy(RandomTables::groups));
    tables.add(table);
  }

  /** None, one or two groups. */
  private static Set<Integer> groups(int row) {
    if (row % 7 == 0) {
      return Set.of();
    }
    return row % 2 == 0 ? Set.of(row % GROUPS) : Set.of(row % GROUPS, (row + 1) % GROUPS);
  }

  private Write<Integer, Integer> write(Edit edit) {
    return new Write<>(sources.get(edit.table() % sources.size()), edit.key(), edit.row());
  }

  /** Cells that give a derived table its keys: a row exists if any of them shows something. */
  static Stream<Cell> primaries(DerivedPlan plan, int number, int key) {
    int one = plan.primary() % number;
    int two = plan.other() % number;
    return switch (plan.shape()) {
      case PER_ROW -> Stream.of(new Cell(false, one, key));
      case PER_ROW_OF_ANY -> Stream.of(new Cell(false, one, key), new Cell(false, two, key));
      case PER_GROUP -> Stream.of(new Cell(true, one, key));
      case PER_GROUP_OF_ANY -> Stream.of(new Cell(true, one, key), new Cell(true, two, key));
    };
  }

  private Derived<Integer, Integer> derived(int number, DerivedPlan plan) {
    String name = "derived" + number;
    int one = plan.primary() % number;
    int two = plan.other() % number;
    Rule<Integer, Integer> rule = (key, reads) -> derive(number, plan, key, reads);
    return switch (plan.shape()) {
      case PER_ROW -> Derived.perRow(name, tables.get(one), rule);
      case PER_ROW_OF_ANY ->
          Derived.perRowOfAny(name, List.of(tables.get(one), tables.get(two)), rule);
      case PER_GROUP -> Derived.perGroup(name, indexes.get(one), rule);
      case PER_GROUP_OF_ANY ->
          Derived.perGroupOfAny(name, List.of(indexes.get(one), indexes.get(two)), rule);
    };
  }

  private @Nullable Integer derive(int number, DerivedPlan plan, int key, Reads reads) {
    Set<Cell> seen = new HashSet<>();
    int sum = key + plan.salt();
    for (ReadPlan read : plan.reads()) {
      Cell cell = cell(read, number, key);
      seen.add(cell);
      sum = 31 * sum + look(cell, reads);
      if (sum % 2 != 0) {
        break; // What is read depends on what was read before.
      }
    }
    runs.add(new Run(number, key, seen));
    int row = Math.floorMod(sum, RESULTS);
    return row == 0 ? null : row;
  }

  private static Cell cell(ReadPlan read, int number, int key) {
    return new Cell(
        read.group(),
        read.table() % number,
        (key + read.offset()) % (read.group() ? GROUPS : KEYS));
  }

  private int look(Cell cell, Reads reads) {
    if (cell.group()) {
      return reads.group(indexes.get(cell.table()), cell.key()).hashCode();
    }
    Table<Integer, Integer> table = tables.get(cell.table());
    return bypassesReads
        ? table.rows().getOrDefault(cell.key(), 0)
        : reads.find(table, cell.key()).orElse(0);
  }
}
