package io.chancery.xds;

import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

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

  @Override
  public Iterator<T> iterator() {
    return parts.stream().flatMap(Set::stream).distinct().iterator();
  }

  @Override
  public int size() {
    return Math.toIntExact(parts.stream().flatMap(Set::stream).distinct().count());
  }
}
