package io.chancery.source.file;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Where a source sleeps until there is a reason to look at its files, or to end. */
final class Wake {
  /** How long nothing must happen before a look, and how long it waits for that at most. */
  private static final long QUIET_MILLIS = 20;

  private static final long PATIENCE_MILLIS = 200;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private Set<Path> hints = new HashSet<>();
  private long count;
  private boolean asked;
  private boolean stopped;

  /**
   * Why the source woke up.
   *
   * @param all whether to read all files, changed or not
   * @param hints files that may have changed, and directories in which any file may have
   */
  record Reason(boolean all, Set<Path> hints) {
    static final Reason TIME = new Reason(false, Set.of());

    /** Whether to read a file even if it seems to be the same. */
    boolean concerns(Path file) {
      return all || hints.contains(file) || hints.contains(file.getParent());
    }
  }

  /** Something happened to a file, or in a directory. */
  void hint(Path path) {
    tell(() -> hints.add(path));
  }

  /** Somebody wants all files to be read again. */
  void ask() {
    tell(() -> asked = true);
  }

  /** The end; no action runs by {@link #unlessStopped} once this has returned. */
  void stop() {
    tell(() -> stopped = true);
  }

  boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  /** Runs the action, unless it is the end. */
  void unlessStopped(Runnable action) {
    lock.lock();
    try {
      if (!stopped) {
        action.run();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sleeps until there is a reason, or the time is up. */
  Reason await(long millis) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      sleep(millis, () -> !hints.isEmpty() || asked);
      if (!hints.isEmpty()) {
        awaitQuiet();
      }
      Reason reason = new Reason(asked, hints);
      hints = new HashSet<>();
      asked = false;
      return reason;
    } finally {
      lock.unlock();
    }
  }

  /** An editor makes several changes in a row, and a look in between would see half of them. */
  private void awaitQuiet() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    long before;
    do {
      before = count;
      long seen = before;
      sleep(QUIET_MILLIS, () -> count != seen);
    } while (count != before && System.nanoTime() - end < 0);
  }

  private void sleep(long millis, BooleanSupplier enough) throws InterruptedException {
    long remaining = TimeUnit.MILLISECONDS.toNanos(millis);
    while (!stopped && !enough.getAsBoolean() && remaining > 0) {
      remaining = news.awaitNanos(remaining);
    }
  }

  private void tell(Runnable change) {
    lock.lock();
    try {
      change.run();
      count++;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
