package io.chancery.stream;

import java.time.Duration;

/** How long something has been held back, and whether that is long enough; xds.md O5. */
final class Hold {
  private final long limitNanos;
  private long since;
  private boolean held;

  Hold(Duration limit) {
    this.limitNanos = limit.toNanos();
  }

  /** Starts to count, unless it counts already; tells whether it just started. */
  boolean start(long nanos) {
    if (held) {
      return false;
    }
    held = true;
    since = nanos;
    return true;
  }

  void end() {
    held = false;
  }

  boolean expired(long nanos) {
    return held && nanos - since >= limitNanos;
  }
}
