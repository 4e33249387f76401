package io.chancery.stream;

import io.chancery.xds.ResourceKind;

/** What streams count. Called on the xDS thread; must not block. */
public interface StreamMetrics {
  /** Counts nothing. */
  StreamMetrics NONE = new StreamMetrics() {};

  /** A node connected. */
  default void connected() {}

  /** A node went. */
  default void disconnected() {}

  /** A response was sent, with so many resources, removals not among them. */
  default void pushed(ResourceKind kind, int resources, int bytes) {}

  /** A response was accepted. */
  default void acked(ResourceKind kind) {}

  /** A response was refused. */
  default void nacked(ResourceKind kind) {}

  /** A node asked for a type that is not served. */
  default void unknownType() {}
}
