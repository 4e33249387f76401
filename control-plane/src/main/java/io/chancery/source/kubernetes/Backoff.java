package io.chancery.source.kubernetes;

import java.util.concurrent.ThreadLocalRandom;

/** Pauses that double, with jitter, so that many replicas do not ask at once. */
final class Backoff {
  private static final long FIRST_MILLIS = 200;

  private final long maxMillis;
  private long next = FIRST_MILLIS;

  Backoff(long maxMillis) {
    this.maxMillis = maxMillis;
  }

  void reset() {
    next = FIRST_MILLIS;
  }

  void pause() throws InterruptedException {
    Thread.sleep(jittered(next));
    next = Math.min(maxMillis, next * 2);
  }

  /** Between three and five quarters of it. */
  static long jittered(long millis) {
    return millis * 3 / 4 + ThreadLocalRandom.current().nextLong(millis / 2 + 1);
  }
}
