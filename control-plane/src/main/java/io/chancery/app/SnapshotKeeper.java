package io.chancery.app;

import io.chancery.snapshot.Quarantine;
import io.chancery.snapshot.Snapshot;
import io.chancery.snapshot.SnapshotFiles;
import io.chancery.snapshot.SnapshotStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the last snapshot of each fleet that all its nodes run, and what nodes refused, at most
 * once a second, on a thread of its own. What nobody runs is not known to be good, and not stored.
 */
final class SnapshotKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotKeeper.class);
  private static final long PERIOD_SECONDS = 1;

  /** For a disk that hangs; nobody waits longer for an end. */
  private static final long LAST_SECONDS = 5;

  private final SnapshotFiles files;
  private final SnapshotStore store;
  private final Quarantine quarantine;
  private final Predicate<String> proven;
  private final Map<String, Long> kept = new HashMap<>();
  private long refusals;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("snapshots").factory());

  /**
   * Keeps the snapshots of a store.
   *
   * @param proven whether all nodes of a fleet, and at least one, run its present snapshot
   */
  SnapshotKeeper(
      SnapshotFiles files, SnapshotStore store, Quarantine quarantine, Predicate<String> proven) {
    this.files = files;
    this.store = store;
    this.quarantine = quarantine;
    this.proven = proven;
  }

  void start() {
    var _ =
        thread.scheduleWithFixedDelay(this::look, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    keepRefusals();
    for (String fleet : store.fleets()) {
      Snapshot snapshot = store.snapshot(fleet);
      boolean news = !Long.valueOf(snapshot.revision()).equals(kept.get(fleet));
      // Asked before and after: the snapshot that was proven is the one that is stored.
      if (news && proven.test(fleet) && store.snapshot(fleet).revision() == snapshot.revision()) {
        keep(snapshot);
      }
    }
  }

  private void keepRefusals() {
    long changes = quarantine.changes();
    if (changes == refusals) {
      return;
    }
    try {
      files.quarantine().write(quarantine.entries());
      refusals = changes;
    } catch (IOException | RuntimeException cause) {
      LOG.warn(
          "what nodes refused could not be stored, and may be offered again after a restart: {}",
          cause.toString());
    }
  }

  private void keep(Snapshot snapshot) {
    try {
      files.write(snapshot);
      kept.put(snapshot.fleet(), snapshot.revision());
    } catch (IOException | RuntimeException cause) {
      LOG.warn(
          "the snapshot of fleet {} could not be stored; serving goes on: {}",
          snapshot.fleet(),
          cause.toString());
    }
  }

  /** Stores what was refused since it looked last. */
  @Override
  public void close() {
    var _ = thread.submit(this::keepRefusals);
    thread.shutdown(); // What repeats ends, and what was submitted is still done.
    try {
      if (!thread.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)) {
        List<Runnable> _ = thread.shutdownNow();
      }
    } catch (InterruptedException cause) {
      List<Runnable> _ = thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
