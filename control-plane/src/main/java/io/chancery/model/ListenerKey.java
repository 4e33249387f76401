package io.chancery.model;

import java.util.Comparator;

/** One listener of a Gateway. */
public record ListenerKey(Ref gateway, String listener) implements Comparable<ListenerKey> {
  private static final Comparator<ListenerKey> ORDER =
      Comparator.comparing(ListenerKey::gateway).thenComparing(ListenerKey::listener);

  @Override
  public int compareTo(ListenerKey other) {
    return ORDER.compare(this, other);
  }
}
