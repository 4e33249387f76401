package io.chancery.model;

import java.util.Comparator;

/**
 * Names one object. The kinds that Chancery reads have distinct names, so the group is not part of
 * it.
 *
 * @param kind such as {@code HTTPRoute}
 * @param namespace empty for cluster-scoped kinds
 * @param name unique within kind and namespace
 */
public record Ref(String kind, String namespace, String name) implements Comparable<Ref> {
  private static final Comparator<Ref> ORDER =
      Comparator.comparing(Ref::kind).thenComparing(Ref::namespace).thenComparing(Ref::name);

  @Override
  public int compareTo(Ref other) {
    return ORDER.compare(this, other);
  }

  /** {@code Kind namespace/name}, or {@code Kind name} for a cluster-scoped kind. */
  @Override
  public String toString() {
    return namespace.isEmpty() ? kind + " " + name : kind + " " + namespace + "/" + name;
  }
}
