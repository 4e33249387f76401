package io.chancery.engine;

import org.jspecify.annotations.Nullable;

/**
 * A pure function of its key and of what it reads; nothing else may be consulted. Null means: no
 * row.
 */
@FunctionalInterface
public interface Rule<K, V> {
  @Nullable V derive(K key, Reads reads);
}
