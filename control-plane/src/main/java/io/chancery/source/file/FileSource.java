package io.chancery.source.file;

import io.chancery.engine.Write;
import io.chancery.source.ObjectTables;
import io.chancery.source.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches directories of objects. It looks at the stamps of all files several times a second and
 * reads those that changed. Looking finds every way to change a file: writing, replacing, swapping
 * a link above it, on every file system; notifications miss some of these.
 */
public final class FileSource implements Source {
  private static final Logger LOG = LoggerFactory.getLogger(FileSource.class);
  private static final long LOOK_NANOS = 100_000_000;

  private final FileObjects objects;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wake = lock.newCondition();
  private boolean stopped;
  private boolean asked;

  /** Of these directories or files. */
  public FileSource(List<Path> roots, ObjectTables tables) {
    objects = new FileObjects(roots, tables);
  }

  @Override
  public void start(Consumer<List<Write<?, ?>>> sink) {
    Thread.ofPlatform().daemon().name("files").start(() -> run(sink));
  }

  /** Looks at once. */
  public void rescan() {
    lock.lock();
    try {
      asked = true;
      wake.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      stopped = true;
      wake.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run(Consumer<List<Write<?, ?>>> sink) {
    boolean first = true;
    String failure = "";
    do {
      try {
        List<Write<?, ?>> writes = objects.refresh();
        if ((first || !writes.isEmpty()) && hand(writes, sink)) {
          first = false;
        }
        failure = "";
      } catch (IOException | RuntimeException cause) {
        // What was read before stays: nothing is deleted because it could not be read.
        if (!failure.equals(cause.toString())) {
          LOG.error("the files cannot be read; what was read before stays", cause);
        }
        failure = cause.toString();
      }
    } while (pause());
  }

  /** Hands over, unless the source has been closed meanwhile. */
  private boolean hand(List<Write<?, ?>> writes, Consumer<List<Write<?, ?>>> sink) {
    lock.lock();
    try {
      if (!stopped) {
        sink.accept(writes);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean pause() {
    lock.lock();
    try {
      long remaining = LOOK_NANOS;
      while (!stopped && !asked && remaining > 0) {
        remaining = wake.awaitNanos(remaining);
      }
      asked = false;
      return !stopped;
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
