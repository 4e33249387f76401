package io.chancery.engine;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Rows of one table grouped by keys derived from each row. */
public final class Index<G extends Comparable<G>, K extends Comparable<K>, V> {
  private final Table<K, V> table;
  private final BiFunction<K, V, Set<G>> groupsOf;
  private final Map<G, NavigableMap<K, V>> groups = new HashMap<>();
  private Set<G> changed = new HashSet<>();
  final Readers<G> readers = new Readers<>();

  Index(Table<K, V> table, BiFunction<K, V, Set<G>> groupsOf) {
    this.table = table;
    this.groupsOf = groupsOf;
  }

  /** Groups of which a member came, went or changed in the batch being applied. */
  public Set<G> changed() {
    return Collections.unmodifiableSet(changed);
  }

  Table<K, V> table() {
    return table;
  }

  NavigableMap<K, V> group(G group) {
    return Collections.unmodifiableNavigableMap(
        groups.getOrDefault(group, Collections.emptyNavigableMap()));
  }

  boolean hasGroup(G group) {
    return groups.containsKey(group);
  }

  boolean holdsNothing() {
    return groups.isEmpty() && changed.isEmpty() && readers.isEmpty();
  }

  void invalidate() {
    readers.invalidate(changed);
  }

  void settle() {
    // Replaced, not cleared: clearing a set that was once large costs its capacity, not its size.
    changed = new HashSet<>();
  }

  void update(K key, @Nullable V old, @Nullable V row) {
    if (old != null) {
      groupsOf.apply(key, old).forEach(group -> leave(group, key));
    }
    if (row != null) {
      groupsOf.apply(key, row).forEach(group -> join(group, key, row));
    }
  }

  private void leave(G group, K key) {
    groups.computeIfPresent(
        group, (_, members) -> members.remove(key) != null && members.isEmpty() ? null : members);
    changed.add(group);
  }

  private void join(G group, K key, V row) {
    groups.computeIfAbsent(group, _ -> new TreeMap<>()).put(key, row);
    changed.add(group);
  }
}
