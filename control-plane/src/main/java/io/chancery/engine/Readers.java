package io.chancery.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Who read which cell of a table or index, present or absent. */
final class Readers<C> {
  private final Map<C, Set<Reads>> byCell = new HashMap<>();

  void add(C cell, Reads reader) {
    byCell.computeIfAbsent(cell, _ -> new HashSet<>()).add(reader);
  }

  void remove(C cell, Reads reader) {
    byCell.computeIfPresent(
        cell, (_, readers) -> readers.remove(reader) && readers.isEmpty() ? null : readers);
  }

  void invalidate(Set<C> cells) {
    cells.forEach(cell -> byCell.getOrDefault(cell, Set.of()).forEach(Reads::invalidate));
  }

  boolean isEmpty() {
    return byCell.isEmpty();
  }
}
