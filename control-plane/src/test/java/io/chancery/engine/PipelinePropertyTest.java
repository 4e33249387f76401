package io.chancery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.engine.Plan.Edit;
import io.chancery.engine.RandomTables.Cell;
import io.chancery.engine.RandomTables.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The laws of the engine, on random tables, rules and batches. */
class PipelinePropertyTest {

  @Property(edgeCases = EdgeCasesMode.NONE)
  void incrementalEqualsFresh(
      @ForAll("plans") Plan plan, @ForAll("batches") List<List<Edit>> batches) {
    assertThat(differsFromFresh(plan, batches, false)).isFalse();
  }

  /** Shows that the law above can fail: it is about something. */
  @Example
  void aRuleThatBypassesReadsIsFound() {
    Arbitrary<Boolean> differs =
        Combinators.combine(Plans.plans(), Plans.batches())
            .as((plan, batches) -> differsFromFresh(plan, batches, true));
    assertThat(differs.sampleStream().limit(2_000)).contains(true);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void theOrderOfWritesDoesNotMatter(
      @ForAll("plans") Plan plan,
      @ForAll("batches") List<List<Edit>> batches,
      @ForAll Random random) {
    RandomTables once = new RandomTables(plan, false);
    batches.forEach(once::apply);

    RandomTables oneByOne = new RandomTables(plan, false);
    List<Edit> shuffled = new ArrayList<>(once.edits());
    Collections.shuffle(shuffled, random);
    shuffled.forEach(edit -> oneByOne.apply(List.of(edit)));

    assertThat(oneByOne.rows()).isEqualTo(once.rows());
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void nothingIsLeftWhenAllIsDeleted(
      @ForAll("plans") Plan plan, @ForAll("batches") List<List<Edit>> batches) {
    RandomTables tables = new RandomTables(plan, false);
    batches.forEach(tables::apply);
    tables.edits().forEach(edit -> tables.apply(List.of(new Edit(edit.table(), edit.key(), null))));

    assertThat(tables.rows()).allSatisfy(rows -> assertThat(rows).isEmpty());
    assertThat(tables.holdsNothing()).as("no row, no reader, no group").isTrue();
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void anEqualWriteCostsNothing(
      @ForAll("plans") Plan plan, @ForAll("batches") List<List<Edit>> batches) {
    RandomTables tables = new RandomTables(plan, false);
    batches.forEach(tables::apply);

    assertThat(tables.apply(tables.edits()).totalRecomputed()).isZero();
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void exactlyTheRowsWhoseReadsChangedRunAgain(
      @ForAll("plans") Plan plan, @ForAll("batches") List<List<Edit>> batches) {
    RandomTables tables = new RandomTables(plan, false);
    Map<List<Integer>, Set<Cell>> lastSeen = new HashMap<>();
    for (List<Edit> batch : batches) {
      List<Map<Integer, Integer>> before = tables.rows();
      tables.runs.clear();
      tables.apply(batch);

      assertThat(tables.runs.stream().map(PipelinePropertyTest::row))
          .containsExactlyInAnyOrderElementsOf(expected(plan, tables, lastSeen, before));
      tables.runs.forEach(run -> lastSeen.put(row(run), run.seen()));
    }
  }

  @Provide
  Arbitrary<Plan> plans() {
    return Plans.plans();
  }

  @Provide
  Arbitrary<List<List<Edit>>> batches() {
    return Plans.batches();
  }

  private static boolean differsFromFresh(
      Plan plan, List<List<Edit>> batches, boolean bypassesReads) {
    RandomTables incremental = new RandomTables(plan, bypassesReads);
    for (List<Edit> batch : batches) {
      incremental.apply(batch);
      RandomTables fresh = new RandomTables(plan, bypassesReads);
      fresh.apply(incremental.edits());
      if (!incremental.rows().equals(fresh.rows())) {
        return true;
      }
    }
    return false;
  }

  /** Table and key of each row that exists and of which something it rests on has changed. */
  private static Set<List<Integer>> expected(
      Plan plan,
      RandomTables tables,
      Map<List<Integer>, Set<Cell>> lastSeen,
      List<Map<Integer, Integer>> before) {
    List<Map<Integer, Integer>> after = tables.rows();
    Set<List<Integer>> expected = new HashSet<>();
    tables
        .derived()
        .forEach(number -> {
          for (int key = 0; key < RandomTables.KEYS; key++) {
            List<Cell> primaries =
                RandomTables.primaries(plan.derived().get(number - plan.sources()), number, key)
                    .toList();
            Set<Cell> rests = new HashSet<>(lastSeen.getOrDefault(List.of(number, key), Set.of()));
            rests.addAll(primaries);
            if (primaries.stream().anyMatch(cell -> !RandomTables.shown(cell, after).isEmpty())
                && rests.stream().anyMatch(cell -> changed(cell, before, after))) {
              expected.add(List.of(number, key));
            }
          }
        });
    return expected;
  }

  private static boolean changed(
      Cell cell, List<Map<Integer, Integer>> before, List<Map<Integer, Integer>> after) {
    return !RandomTables.shown(cell, before).equals(RandomTables.shown(cell, after));
  }

  private static List<Integer> row(Run run) {
    return List.of(run.table(), run.key());
  }
}
