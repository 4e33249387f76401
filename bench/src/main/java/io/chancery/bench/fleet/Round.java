package io.chancery.bench.fleet;

import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits until each node of a set has answered everything that is published; notes when it did. */
final class Round {
  private final long[] times;
  private final BitSet awaited;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private int left;

  /**
   * @param nodes how many there are
   * @param awaited those of them that count
   */
  Round(int nodes, BitSet awaited) {
    this.times = new long[nodes];
    this.awaited = awaited;
    this.left = awaited.cardinality();
  }

  /**
   * On the loop of the fleet: a node lacks nothing now.
   *
   * @return whether it lacked something until now; only the first time counts
   */
  boolean settled(int node) {
    if (times[node] != 0 || !awaited.get(node)) {
      return false;
    }
    times[node] = System.nanoTime();
    left--;
    if (left == 0) {
      done.complete(null);
    }
    return true;
  }

  /**
   * When each awaited node had answered, in order; {@link System#nanoTime}.
   *
   * @throws VoidRunException if one had not, after this time
   */
  long[] await(Duration limit) {
    try {
      done.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException cause) {
      throw new VoidRunException(
          left
              + " of "
              + awaited.cardinality()
              + " nodes did not ACK within "
              + limit.toSeconds()
              + " s");
    } catch (InterruptedException | ExecutionException cause) {
      throw new IllegalStateException(cause);
    }
    return Arrays.stream(times).filter(time -> time != 0).sorted().toArray();
  }
}
