package io.chancery.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/**
 * The only way for a rule to see other rows. Every look-up is remembered, so a change of it re-runs
 * the rule.
 */
public final class Reads {
  private final Runnable onInvalidate;
  private final Set<Table<?, ?>> readable;
  private final List<Runnable> releases = new ArrayList<>();

  Reads(Runnable onInvalidate, Set<Table<?, ?>> readable) {
    this.onInvalidate = onInvalidate;
    this.readable = readable;
  }

  /** The row of a key, or empty; absence is remembered too. */
  public <K extends Comparable<K>, V> Optional<V> find(Table<K, V> table, K key) {
    requireEarlier(table);
    track(table.readers, key);
    return Optional.ofNullable(table.row(key));
  }

  /**
   * The row of a key that must exist, such as the row that a {@code perRow} rule is derived from.
   */
  public <K extends Comparable<K>, V> V get(Table<K, V> table, K key) {
    return find(table, key)
        .orElseThrow(() -> new IllegalStateException(key + " is absent in " + table));
  }

  /**
   * Members of one group, in key order. A view: read it within the rule, do not keep it in the row.
   */
  public <G extends Comparable<G>, K extends Comparable<K>, V> NavigableMap<K, V> group(
      Index<G, K, V> index, G group) {
    requireEarlier(index.table());
    track(index.readers, group);
    return index.group(group);
  }

  void invalidate() {
    onInvalidate.run();
  }

  void release() {
    releases.forEach(Runnable::run);
  }

  private void requireEarlier(Table<?, ?> table) {
    if (!readable.contains(table)) {
      throw new IllegalStateException(table + " is not an earlier table");
    }
  }

  private <C> void track(Readers<C> readers, C cell) {
    readers.add(cell, this);
    releases.add(() -> readers.remove(cell, this));
  }
}
