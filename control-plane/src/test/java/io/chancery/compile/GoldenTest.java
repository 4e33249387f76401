package io.chancery.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.engine.Write;
import io.chancery.xds.ResourceChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every golden folder compiles to what it holds. {@code -Dchancery.golden=record} records anew;
 * look at the difference before you commit it: what moves here moves in every fleet.
 */
class GoldenTest {
  private static final boolean RECORD = "record".equals(System.getProperty("chancery.golden"));

  static List<GoldenCase> cases() throws IOException {
    return GoldenCase.all();
  }

  @Test
  void thereAreCases() throws IOException {
    assertThat(cases()).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void compilesToWhatTheFolderHolds(GoldenCase golden) throws IOException {
    Map<String, String> outputs = golden.outputs();
    if (RECORD) {
      golden.record(outputs);
    }
    assertThat(golden.recorded()).containsExactlyInAnyOrderEntriesOf(outputs);
  }

  /**
   * Where a request finds its route only after the first filters ran, Envoy leaves a filter out
   * that only the route turns on: so filters protect by their settings for a route.
   */
  @ParameterizedTest
  @MethodSource("cases")
  void noFilterIsTurnedOff(GoldenCase golden) throws IOException {
    assertThat(golden.outputs().values()).noneMatch(output -> output.contains("disabled: true"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void objectsOneByOneInAnyOrderGiveTheSameBytes(GoldenCase golden) throws IOException {
    Compilation atOnce = new Compilation();
    Outcome expected = new Outcome().and(atOnce.apply(golden.writes(atOnce)));
    for (int seed = 0; seed < 5; seed++) {
      Compilation oneByOne = new Compilation();
      List<Write<?, ?>> writes = new ArrayList<>(golden.writes(oneByOne));
      Collections.shuffle(writes, new Random(seed));
      Outcome actual = new Outcome();
      for (Write<?, ?> write : writes) {
        actual.and(oneByOne.apply(List.of(write)));
      }
      assertThat(actual.versions()).as("seed %d", seed).isEqualTo(expected.versions());
      assertThat(actual.statuses()).as("seed %d", seed).isEqualTo(expected.statuses());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void deletingEverythingLeavesNothing(GoldenCase golden) throws IOException {
    Compilation compilation = new Compilation();
    List<Write<?, ?>> writes = golden.writes(compilation);
    Outcome outcome = new Outcome().and(compilation.apply(writes));
    List<Write<?, ?>> deletions = new ArrayList<>();
    writes.forEach(write -> deletions.add(deletion(write)));
    outcome.and(compilation.apply(deletions));
    assertThat(outcome.versions()).isEmpty();
    assertThat(outcome.statuses()).isEmpty();
  }

  private static <K extends Comparable<K>, V> Write<K, V> deletion(Write<K, V> write) {
    return new Write<>(write.table(), write.key(), null);
  }

  /** All that several batches left behind. */
  private static final class Outcome {
    private final Map<String, String> versions = new TreeMap<>();
    private final Map<String, String> statuses = new TreeMap<>();

    Outcome and(Compiled compiled) {
      assertThat(compiled.outcome().failures()).isEmpty();
      for (ResourceChange change : compiled.changes()) {
        String name = change.fleet() + "/" + change.kind() + "/" + change.name();
        put(versions, name, change.resource().map(resource -> resource.version().hex()));
      }
      compiled
          .statuses()
          .forEach((ref, status) -> put(statuses, ref.toString(), status.map(Object::toString)));
      return this;
    }

    private static void put(Map<String, String> into, String key, Optional<String> value) {
      value.ifPresentOrElse(v -> into.put(key, v), () -> into.remove(key));
    }

    Map<String, String> versions() {
      return versions;
    }

    Map<String, String> statuses() {
      return statuses;
    }
  }
}
