package io.chancery.bench.fleet;

/** When the nodes acknowledged a change: all those that read, and accept. */
final class Acks {
  private final long published;
  private final long[] times;

  /**
   * @param published when the server began to publish the change; {@link System#nanoTime}
   * @param times when the nodes sent their ACK, in order
   */
  Acks(long published, long[] times) {
    this.published = published;
    this.times = times;
  }

  long published() {
    return published;
  }

  int count() {
    return times.length;
  }

  /** Nanoseconds from the change to an ACK. */
  long after(int place) {
    return times[place] - published;
  }

  /** Nanoseconds from the change to the ACK of this share of the nodes; 0: the first. */
  long afterShare(double share) {
    return after((int) Math.round(share * (times.length - 1)));
  }
}
