package io.chancery.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one batch cost and what went wrong in it.
 *
 * @param recomputed how many derived rows ran their rule, by table name; the cost of the batch
 * @param failures rules that threw in this batch
 */
public record Outcome(Map<String, Integer> recomputed, List<RuleFailure> failures) {

  /** Rows recomputed in all tables. */
  public int totalRecomputed() {
    return recomputed.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** This and what came after it, as one. */
  public Outcome and(Outcome next) {
    Map<String, Integer> sum = new LinkedHashMap<>(recomputed);
    next.recomputed.forEach((table, rows) -> sum.merge(table, rows, Integer::sum));
    return new Outcome(sum, Stream.concat(failures.stream(), next.failures.stream()).toList());
  }
}
