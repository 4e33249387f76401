package io.chancery.stream;

import java.time.Duration;

/**
 * The first seconds of a stream, in which it needs a {@linkplain Places place} to be sent anything.
 * An Envoy asks for one type after the other, so it takes and leaves a place several times.
 */
final class Beginning {
  private static final Duration LENGTH = Duration.ofSeconds(10);

  private final Places places;
  private final Wire<?> wire;
  private long begun;
  private boolean seated;
  private boolean over;

  Beginning(Places places, Wire<?> wire) {
    this.places = places;
    this.wire = wire;
  }

  /** Whether the stream may be sent something now; if not, it is woken when it may. */
  boolean maySend(boolean hasConfiguration) {
    if (over) {
      return true;
    }
    if (!seated && places.take(wire, hasConfiguration)) {
      seated = true;
      begun = begun == 0 ? System.nanoTime() : begun;
    }
    return seated;
  }

  /** Nothing is on its way. */
  void idle() {
    if (seated) {
      seated = false;
      places.leave(wire);
      over = System.nanoTime() - begun >= LENGTH.toNanos();
    }
  }

  /** The stream ended. */
  void closed() {
    places.leave(wire);
  }
}
