package io.chancery.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tables and rules to be built, and what is written to them: drawn at random. Tables are numbered,
 * sources first; a number too large for its place means the remainder.
 *
 * @param sources how many source tables
 * @param derived the derived tables, in order
 */
record Plan(int sources, List<DerivedPlan> derived) {

  /** What decides the keys of a derived table. */
  enum Shape {
    PER_ROW,
    PER_ROW_OF_ANY,
    PER_GROUP,
    PER_GROUP_OF_ANY
  }

  /**
   * A derived table.
   *
   * @param primary the table that gives it keys
   * @param other another one, for shapes that take any
   * @param reads what its rule reads, one after the other, as long as what it has seen is even
   * @param salt makes its rule another function
   */
  record DerivedPlan(Shape shape, int primary, int other, List<ReadPlan> reads, int salt) {}

  /**
   * One read of a rule.
   *
   * @param group whether it reads a group of the table's index, or a row
   * @param offset from the key of the rule to the key that it reads
   */
  record ReadPlan(boolean group, int table, int offset) {}

  /** One write to a source; null removes the row. */
  record Edit(int table, int key, @Nullable Integer row) {}
}
