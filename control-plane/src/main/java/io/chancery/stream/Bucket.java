package io.chancery.stream;

import java.util.function.LongSupplier;

/** A token bucket: full at first, and filled again at a steady rate. For all threads. */
final class Bucket {
  private static final double SECOND = 1e9;

  private final double perSecond;
  private final double size;
  private final LongSupplier clock;
  private double tokens;
  private long filledAt;

  /**
   * @param clock in nanoseconds
   */
  Bucket(double perSecond, double size, LongSupplier clock) {
    this.perSecond = perSecond;
    this.size = size;
    this.clock = clock;
    this.tokens = size;
    this.filledAt = clock.getAsLong();
  }

  /** Takes one, if there is one. */
  synchronized boolean takeOne() {
    fill();
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** Takes so many in any case; if there are too few, they are owed. */
  synchronized void owe(long count) {
    fill();
    tokens -= count;
  }

  /** Whether anything is owed. */
  synchronized boolean owes() {
    fill();
    return tokens < 0;
  }

  private void fill() {
    long now = clock.getAsLong();
    tokens = Math.min(size, tokens + (now - filledAt) / SECOND * perSecond);
    filledAt = now;
  }
}
