package io.chancery.source;

import io.chancery.engine.Table;
import io.chancery.engine.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Objects that a program makes, such as development certificates. */
public final class MemorySource implements Source {
  private final BatchQueue queue = new BatchQueue();
  private final Map<Cell, Object> rows = new HashMap<>();
  private final ReentrantLock handing = new ReentrantLock();
  private @Nullable Thread thread;
  private boolean stopped;

  private record Cell(Table<?, ?> table, Object key) {}

  /**
   * With these objects for a start.
   *
   * @param writes the first batch, once the source is started
   */
  public MemorySource(List<? extends Write<?, ?>> writes) {
    queue.put(writes);
  }

  /** Adds, changes and deletes objects. May be called by any thread, before and after the start. */
  public void put(List<? extends Write<?, ?>> writes) {
    queue.put(writes);
  }

  @Override
  public void start(Consumer<List<Write<?, ?>>> sink) {
    handing.lock();
    try {
      if (!stopped) {
        thread = Thread.ofVirtual().name("memory-source").start(() -> run(sink));
      }
    } finally {
      handing.unlock();
    }
  }

  @Override
  public void close() {
    handing.lock();
    try {
      stopped = true;
      if (thread != null) {
        thread.interrupt();
      }
    } finally {
      handing.unlock();
    }
  }

  private void run(Consumer<List<Write<?, ?>>> sink) {
    try {
      hand(queue.take(Long.MAX_VALUE), sink, true);
      while (!Thread.currentThread().isInterrupted()) {
        hand(queue.take(Long.MAX_VALUE), sink, false);
      }
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
    }
  }

  private void hand(
      List<Write<?, ?>> writes, Consumer<List<Write<?, ?>>> sink, boolean evenIfNothing) {
    List<Write<?, ?>> changes = writes.stream().filter(this::changes).toList();
    handing.lock();
    try {
      if (!stopped && (evenIfNothing || !changes.isEmpty())) {
        sink.accept(changes);
      }
    } finally {
      handing.unlock();
    }
  }

  private boolean changes(Write<?, ?> write) {
    Cell cell = new Cell(write.table(), write.key());
    Object row = write.row();
    Object before = row == null ? rows.remove(cell) : rows.put(cell, row);
    return !Objects.equals(before, row);
  }
}
