package io.chancery.engine;

import org.jspecify.annotations.Nullable;

/**
 * One change from outside: the new row of a key, or its removal.
 *
 * @param row the new row; null removes the row
 */
public record Write<K extends Comparable<K>, V>(Table.Source<K, V> table, K key, @Nullable V row) {

  void run() {
    table.write(key, row);
  }
}
