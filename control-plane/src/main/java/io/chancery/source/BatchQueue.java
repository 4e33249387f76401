package io.chancery.source;

import io.chancery.engine.Table;
import io.chancery.engine.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Between sources and the compile thread. Writes to one row merge, the latest wins, so the queue
 * never holds more than one write for each row, however fast sources are and however slow the
 * compile thread is.
 */
public final class BatchQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private Map<Cell, Write<?, ?>> writes = new LinkedHashMap<>();
  private boolean pending;

  private record Cell(Table<?, ?> table, Object key) {}

  /** Adds a batch. An empty batch counts too: it says that a source has nothing. */
  public void put(List<? extends Write<?, ?>> batch) {
    lock.lock();
    try {
      batch.forEach(write -> writes.put(new Cell(write.table(), write.key()), write));
      pending = true;
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for writes and takes all that there are, or returns an empty batch when the time is up.
   */
  public List<Write<?, ?>> take(long timeoutMillis) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long remaining = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
      while (!pending && remaining > 0) {
        remaining = filled.awaitNanos(remaining);
      }
      List<Write<?, ?>> batch = new ArrayList<>(writes.values());
      // Replaced, not cleared: clearing a map that was once large costs its capacity.
      writes = new LinkedHashMap<>();
      pending = false;
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Writes that wait. */
  public int size() {
    lock.lock();
    try {
      return writes.size();
    } finally {
      lock.unlock();
    }
  }
}
