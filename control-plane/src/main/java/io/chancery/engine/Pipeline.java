package io.chancery.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All tables in order. One thread applies one batch at a time; a table reads earlier ones only, so
 * no rule ever sees half a change. Not safe for use by several threads.
 */
public final class Pipeline {
  private final List<Table<?, ?>> tables;
  private long runs;

  /** Tables in the order in which they are recomputed. */
  public Pipeline(List<? extends Table<?, ?>> inOrder) {
    tables = List.copyOf(inOrder);
  }

  /**
   * Applies the writes, recomputes what read them, and shows the changed rows to {@code onChanged}
   * (by {@link Table#changed()}) before they are forgotten.
   */
  public Outcome apply(List<? extends Write<?, ?>> batch, Runnable onChanged) {
    runs++;
    batch.forEach(Write::run);
    Map<String, Integer> recomputed = new LinkedHashMap<>();
    List<RuleFailure> failures = new ArrayList<>();
    Set<Table<?, ?>> earlier = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Table<?, ?> table : tables) {
      if (table instanceof Table.Derived<?, ?> derived) {
        int rows = derived.recompute(earlier, failures::add);
        if (rows > 0) {
          recomputed.put(table.toString(), rows);
        }
      }
      table.invalidate();
      earlier.add(table);
    }
    onChanged.run();
    tables.forEach(Table::settle);
    return new Outcome(recomputed, List.copyOf(failures));
  }

  /** How many batches were applied; a clock for whoever remembers earlier rows. */
  public long runs() {
    return runs;
  }
}
