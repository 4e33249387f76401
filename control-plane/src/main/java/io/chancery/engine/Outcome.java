package io.chancery.engine;

import java.util.List;
import java.util.Map;

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
}
