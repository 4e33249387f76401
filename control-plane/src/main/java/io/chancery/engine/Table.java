package io.chancery.engine;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keyed, immutable rows of one kind. A row is either told to us (Source) or computed (Derived). */
public abstract sealed class Table<K extends Comparable<K>, V> {
  private final String name;
  private final Map<K, V> rows = new HashMap<>();
  private Set<K> changed = new HashSet<>();
  private final Set<Index<?, K, V>> indexes = new LinkedHashSet<>();
  final Readers<K> readers = new Readers<>();

  private Table(String name) {
    this.name = name;
  }

  /** All rows; for output and tests. A rule reads by {@link Reads}. */
  public Map<K, V> rows() {
    return Collections.unmodifiableMap(rows);
  }

  /** Keys whose row changed in the batch being applied. */
  public Set<K> changed() {
    return Collections.unmodifiableSet(changed);
  }

  /** Groups rows by zero or more group keys; a derived table can have one row per group. */
  public <G extends Comparable<G>> Index<G, K, V> indexBy(Function<V, Set<G>> groupsOf) {
    return indexBy((_, row) -> groupsOf.apply(row));
  }

  /** Groups rows by zero or more group keys that depend on key and row. */
  public <G extends Comparable<G>> Index<G, K, V> indexBy(BiFunction<K, V, Set<G>> groupsOf) {
    Index<G, K, V> index = new Index<>(this, groupsOf);
    rows.forEach((key, row) -> index.update(key, null, row));
    indexes.add(index);
    return index;
  }

  @Override
  public String toString() {
    return name;
  }

  @Nullable V row(K key) {
    return rows.get(key);
  }

  void write(K key, @Nullable V row) {
    V old = row == null ? rows.remove(key) : rows.put(key, row);
    if (Objects.equals(old, row)) {
      return; // Early cut-off: an equal row stops the change here.
    }
    changed.add(key);
    indexes.forEach(index -> index.update(key, old, row));
  }

  /** Marks every rule that read a changed cell as dirty. */
  void invalidate() {
    readers.invalidate(changed);
    indexes.forEach(Index::invalidate);
  }

  void settle() {
    // Replaced, not cleared: clearing a set that was once large costs its capacity, not its size.
    changed = new HashSet<>();
    indexes.forEach(Index::settle);
  }

  /** Whether nothing is left of rows that once were; for tests. */
  boolean holdsNothing() {
    return rows.isEmpty()
        && changed.isEmpty()
        && readers.isEmpty()
        && indexes.stream().allMatch(Index::holdsNothing);
  }

  /** Rows written from outside: files, Kubernetes objects, registry entries. */
  public static final class Source<K extends Comparable<K>, V> extends Table<K, V> {
    public Source(String name) {
      super(name);
    }
  }

  /** Rows computed by a pure rule from the rows it reads. */
  public static final class Derived<K extends Comparable<K>, V> extends Table<K, V> {
    private final Keys<K> keys;
    private final Rule<K, V> rule;
    private final Map<K, Reads> reads = new HashMap<>();
    private Set<K> dirty = new HashSet<>();

    private Derived(String name, Keys<K> keys, Rule<K, V> rule) {
      super(name);
      this.keys = keys;
      this.rule = rule;
    }

    /** At most one row per row of {@code primary}. */
    public static <K extends Comparable<K>, V> Derived<K, V> perRow(
        String name, Table<K, ?> primary, Rule<K, V> rule) {
      return perRowOfAny(name, List.of(primary), rule);
    }

    /** At most one row per key that has a row in any of the primaries. */
    public static <K extends Comparable<K>, V> Derived<K, V> perRowOfAny(
        String name, List<? extends Table<K, ?>> primaries, Rule<K, V> rule) {
      return new Derived<>(
          name,
          new Keys<>(
              () -> union(primaries, Table::changed),
              key -> primaries.stream().anyMatch(t -> t.row(key) != null)),
          rule);
    }

    /** At most one row per non-empty group of {@code index}. */
    public static <G extends Comparable<G>, V> Derived<G, V> perGroup(
        String name, Index<G, ?, ?> index, Rule<G, V> rule) {
      return perGroupOfAny(name, List.of(index), rule);
    }

    /** At most one row per group that has a member in any of the indexes. */
    public static <G extends Comparable<G>, V> Derived<G, V> perGroupOfAny(
        String name, List<? extends Index<G, ?, ?>> indexes, Rule<G, V> rule) {
      return new Derived<>(
          name,
          new Keys<>(
              () -> union(indexes, Index::changed),
              g -> indexes.stream().anyMatch(i -> i.hasGroup(g))),
          rule);
    }

    private static <T, K> Set<K> union(List<? extends T> parts, Function<T, Set<K>> changed) {
      Set<K> all = new HashSet<>();
      parts.forEach(part -> all.addAll(changed.apply(part)));
      return all;
    }

    @Override
    boolean holdsNothing() {
      return super.holdsNothing() && reads.isEmpty() && dirty.isEmpty();
    }

    int recompute(Set<Table<?, ?>> readable, Consumer<RuleFailure> onFailure) {
      dirty.addAll(keys.changed().get());
      Set<K> batch = dirty;
      dirty = new HashSet<>();
      batch.forEach(key -> recompute(key, readable, onFailure));
      return batch.size();
    }

    private void recompute(K key, Set<Table<?, ?>> readable, Consumer<RuleFailure> onFailure) {
      Reads old = reads.remove(key);
      if (old != null) {
        old.release();
      }
      if (!keys.exists().test(key)) {
        write(key, null);
        return;
      }
      Reads fresh = new Reads(() -> dirty.add(key), readable);
      reads.put(key, fresh);
      try {
        write(key, rule.derive(key, fresh));
      } catch (RuntimeException cause) {
        // Only this row is harmed: it keeps its last good value, and its reads, so that a change
        // runs it again.
        onFailure.accept(new RuleFailure(toString(), key, cause));
      }
    }
  }

  private record Keys<K>(Supplier<Set<K>> changed, Predicate<K> exists) {}
}
