package io.chancery.model;

import java.util.Comparator;

/** One port of a backend. */
public record BackendKey(Ref ref, int port) implements Comparable<BackendKey> {
  private static final Comparator<BackendKey> ORDER =
      Comparator.comparing(BackendKey::ref).thenComparingInt(BackendKey::port);

  @Override
  public int compareTo(BackendKey other) {
    return ORDER.compare(this, other);
  }

  /** Name of the cluster. */
  public String clusterName() {
    return ref.kind() + "/" + ref.namespace() + "/" + ref.name() + "/" + port;
  }
}
