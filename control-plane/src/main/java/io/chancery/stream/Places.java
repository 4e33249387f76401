package io.chancery.stream;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How many streams are sent their first configuration at the same time; the others wait, and those
 * of nodes that have none go first; xds.md F3. Who is slow keeps a place for a short time only.
 */
final class Places {
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final int limit;

  /** Since when a place is taken; {@link System#nanoTime}. */
  private final Map<Wire<?>, Long> taken = new LinkedHashMap<>();

  private final Set<Wire<?>> urgent = new LinkedHashSet<>();
  private final Set<Wire<?>> patient = new LinkedHashSet<>();

  Places(int limit) {
    this.limit = limit;
  }

  /**
   * Takes a place, or waits for one: the stream is woken when it has it.
   *
   * @param hasConfiguration whether the node can go on for a while without
   */
  synchronized boolean take(Wire<?> wire, boolean hasConfiguration) {
    if (taken.containsKey(wire)) {
      return true;
    }
    if (taken.size() < limit) {
      taken.put(wire, System.nanoTime());
      return true;
    }
    if ((hasConfiguration ? patient : urgent).add(wire)) {
      long millis = LONGEST.toMillis() + 1;
      var _ = wire.loop().schedule(this::releaseSlow, millis, TimeUnit.MILLISECONDS);
    }
    return false;
  }

  /** Gives the place up, or ends waiting for one. */
  synchronized void leave(Wire<?> wire) {
    boolean had = taken.remove(wire) != null;
    urgent.remove(wire);
    patient.remove(wire);
    if (had) {
      callNext();
    }
  }

  private synchronized void releaseSlow() {
    long now = System.nanoTime();
    taken.values().removeIf(since -> now - since >= LONGEST.toNanos());
    callNext();
  }

  private void callNext() {
    while (taken.size() < limit) {
      Iterator<Wire<?>> waiting = (urgent.isEmpty() ? patient : urgent).iterator();
      if (!waiting.hasNext()) {
        return;
      }
      Wire<?> next = waiting.next();
      waiting.remove();
      taken.put(next, System.nanoTime());
      next.wake();
    }
  }
}
