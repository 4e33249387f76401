package io.chancery.xds;

import java.util.AbstractSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The union of many small sets, which is not built before somebody looks: most resources are never
 * looked into.
 */
public final class JoinedSet<T> extends AbstractSet<T> {
  private final List<Set<T>> parts;

  public JoinedSet(Collection<Set<T>> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public boolean contains(Object wanted) {
    return parts.stream().anyMatch(part -> part.contains(wanted));
  }

  /** Cheap for unions of the same parts, as a table of routes and its successor mostly are. */
  @Override
  public boolean equals(@Nullable Object other) {
    if (other instanceof JoinedSet<?> joined && parts.equals(joined.parts)) {
      return true;
    }
    return other instanceof Set<?> set && new HashSet<>(this).equals(new HashSet<>(set));
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  @Override
  public Iterator<T> iterator() {
    return parts.stream().flatMap(Set::stream).distinct().iterator();
  }

  @Override
  public int size() {
    return Math.toIntExact(parts.stream().flatMap(Set::stream).distinct().count());
  }
}
