package io.chancery.engine;

import io.chancery.engine.Plan.DerivedPlan;
import io.chancery.engine.Plan.Edit;
import io.chancery.engine.Plan.ReadPlan;
import io.chancery.engine.Plan.Shape;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random plans and batches. Small numbers, so that rows meet. */
final class Plans {
  private static final int TABLES = 8;
  private static final int ROWS = 20;

  private Plans() {}

  static Arbitrary<Plan> plans() {
    return Combinators.combine(number(1, 3), derived().list().ofMinSize(1).ofMaxSize(5))
        .as(Plan::new);
  }

  /** Batches of writes, some of them to the same row. */
  static Arbitrary<List<List<Edit>>> batches() {
    return edits().list().ofMaxSize(8).list().ofMinSize(1).ofMaxSize(10);
  }

  private static Arbitrary<Edit> edits() {
    return Combinators.combine(
            number(0, 2), number(0, RandomTables.KEYS - 1), number(1, ROWS).injectNull(0.3))
        .as(Edit::new);
  }

  private static Arbitrary<DerivedPlan> derived() {
    return Combinators.combine(
            Arbitraries.of(Shape.class),
            number(0, TABLES),
            number(0, TABLES),
            reads().list().ofMaxSize(4),
            number(0, ROWS))
        .as(DerivedPlan::new);
  }

  private static Arbitrary<ReadPlan> reads() {
    return Combinators.combine(
            Arbitraries.of(true, false), number(0, TABLES), number(0, RandomTables.KEYS - 1))
        .as(ReadPlan::new);
  }

  private static Arbitrary<Integer> number(int min, int max) {
    return Arbitraries.integers().between(min, max);
  }
}
