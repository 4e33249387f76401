package io.chancery.source.kubernetes;

import java.util.concurrent.TimeUnit;

/**
 * Whether objects that are gone may be let go at once. A few may, while the definition of their
 * kind stands. When many of a kind go in one step, it is more likely a mistake, a truncated list or
 * a lost definition than a wish: then a second list, some time later, has to say the same.
 */
final class Departures {
  /** So many may go whatever their share: small kinds would never be free to change. */
  static final int ALWAYS = 5;

  private static final long STEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int percent;
  private final long confirmNanos;
  private final long lostNanos;
  private long stepStart;
  private int goneInStep;
  private int sizeAtStart;
  private boolean held;
  private long confirmAt;

  /**
   * Guards one kind.
   *
   * @param percent of the objects that may go in one step, beside {@link #ALWAYS}
   * @param confirmMillis until the second list
   */
  Departures(int percent, long confirmMillis) {
    this.percent = percent;
    this.confirmNanos = TimeUnit.MILLISECONDS.toNanos(confirmMillis);
    this.lostNanos = 6 * confirmNanos; // Whoever installs a definition again needs a minute.
  }

  /**
   * Notes objects that went, and tells whether they may be let go.
   *
   * @param size how many there were before
   */
  boolean allow(int gone, int size, long now) {
    if (now - stepStart > STEP_NANOS || goneInStep == 0) {
      stepStart = now;
      goneInStep = 0;
      sizeAtStart = size;
    }
    goneInStep += gone;
    return !held && goneInStep <= Math.max(ALWAYS, sizeAtStart * (long) percent / 100);
  }

  /** Has whatever is gone confirmed by another list; never sooner than was asked for before. */
  void hold(long now) {
    holdUntil(now + confirmNanos);
  }

  /** The kind itself is gone: what it had stays until it is there again, and for a while after. */
  void lost(long now) {
    holdUntil(now + lostNanos);
  }

  private void holdUntil(long time) {
    confirmAt = held && confirmAt - time > 0 ? confirmAt : time;
    held = true;
  }

  boolean isHeld() {
    return held;
  }

  /** Whether a list that is begun now can confirm. */
  boolean canConfirm(long now) {
    return held && now - confirmAt >= 0;
  }

  /** Nanoseconds until a list can confirm; the greatest number if nothing is held. */
  long untilConfirm(long now) {
    return held ? Math.max(0, confirmAt - now) : Long.MAX_VALUE;
  }

  void confirmed() {
    held = false;
    goneInStep = 0;
  }
}
