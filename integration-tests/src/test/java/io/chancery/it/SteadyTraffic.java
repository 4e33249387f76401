package io.chancery.it;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/** About so many requests a second, until it is stopped; at most so many in all. */
final class SteadyTraffic implements AutoCloseable {
  private static final int PER_SECOND = 200;
  private static final int LIMIT = 100_000;

  private final AtomicLong count = new AtomicLong();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final long pauseNanos;
  private final Thread thread;
  private volatile boolean stopped;

  SteadyTraffic(int port) {
    this(port, PER_SECOND);
  }

  SteadyTraffic(int port, int perSecond) {
    pauseNanos = 1_000_000_000L / perSecond;
    thread = Thread.ofPlatform().name("traffic").start(() -> run(port));
  }

  private void run(int port) {
    while (!stopped && count.get() < LIMIT) {
      long next = System.nanoTime() + pauseNanos;
      RawHttp.Response response = RawHttp.send(port, "GET", "a.example", "/");
      count.incrementAndGet();
      if (response.status() != 200) {
        failures.add(response.status() + " " + response.body());
      }
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  /** Waits until so many more requests have been answered. */
  void awaitMore(int more) {
    long wanted = count.get() + more;
    Awaitility.await().until(() -> count.get() >= wanted);
  }

  long count() {
    return count.get();
  }

  /** Ends the traffic, and returns what failed. */
  List<String> stop() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
    }
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    stop();
  }
}
