package io.chancery.snapshot;

import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;

/**
 * The current snapshot of every fleet. One thread publishes; any thread reads, without locks. To
 * publish costs in proportion to what changed.
 */
public final class SnapshotStore {
  private static final int LOG_LIMIT = 100_000;

  private final int logLimit;
  private final List<Consumer<String>> publishListeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<Delivery>> deliveryListeners = new CopyOnWriteArrayList<>();
  private volatile HashPMap<String, FleetState> fleets = HashTreePMap.empty();
  private volatile long revision;

  public SnapshotStore() {
    this(LOG_LIMIT);
  }

  /**
   * @param logLimit how many changes per fleet are remembered for {@link #since}
   */
  public SnapshotStore(int logLimit) {
    this.logLimit = logLimit;
  }

  /**
   * A snapshot and the log that leads to it, always replaced together.
   *
   * @param first the revision that the fleet began with
   */
  private record FleetState(Snapshot snapshot, ChangeLog log, long first) {}

  /**
   * Makes changes visible, all changes of a fleet at once. Only for the one compile thread. A
   * change that changes nothing is passed over: the same version, or the removal of what is not
   * there.
   *
   * @return the revision of this publication, one more than the last; the last, if nothing changed
   */
  public long publish(List<ResourceChange> changes) {
    long next = revision + 1;
    Map<String, List<LogEntry>> byFleet = new LinkedHashMap<>();
    Map<String, Snapshot> after = new LinkedHashMap<>();
    for (ResourceChange change : changes) {
      Snapshot present = after.computeIfAbsent(change.fleet(), this::snapshot);
      if (changes(present, change)) {
        LogEntry entry =
            new LogEntry(
                next,
                change.kind(),
                change.name(),
                present.resource(change.kind(), change.name()),
                change.resource());
        byFleet.computeIfAbsent(change.fleet(), fleet -> new ArrayList<>()).add(entry);
        after.put(change.fleet(), present.with(entry));
      }
    }
    if (byFleet.isEmpty()) {
      return revision;
    }
    replace(next, byFleet, after);
    byFleet.keySet().forEach(fleet -> publishListeners.forEach(it -> it.accept(fleet)));
    return next;
  }

  private static boolean changes(Snapshot present, ResourceChange change) {
    return !present
        .resource(change.kind(), change.name())
        .map(Resource::version)
        .equals(change.resource().map(Resource::version));
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
  private void replace(
      long next, Map<String, List<LogEntry>> byFleet, Map<String, Snapshot> after) {
    HashPMap<String, FleetState> replaced = fleets;
    for (Map.Entry<String, List<LogEntry>> entry : byFleet.entrySet()) {
      String fleet = entry.getKey();
      FleetState before = replaced.get(fleet);
      ChangeLog log = before == null ? ChangeLog.empty(logLimit) : before.log;
      ChangeLog.Publication publication =
          new ChangeLog.Publication(System.nanoTime(), List.copyOf(entry.getValue()));
      FleetState now =
          new FleetState(
              Objects.requireNonNull(after.get(fleet)),
              log.plus(next, publication),
              before == null ? next : before.first);
      replaced = replaced.plus(fleet, now);
    }
    fleets = replaced;
    revision = next;
  }

  /** The revision of the last publication; 0 before the first. */
  public long revision() {
    return revision;
  }

  /** The names of all fleets that anything was ever published for. */
  public List<String> fleets() {
    return fleets.keySet().stream().sorted().toList();
  }

  /** The present snapshot; empty with revision 0 for a fleet that is not known. */
  public Snapshot snapshot(String fleet) {
    FleetState state = fleets.get(fleet);
    return state == null ? Snapshot.empty(fleet) : state.snapshot;
  }

  /**
   * What happened to one kind after a revision: the newest change of each name.
   *
   * @return empty if the log does not reach back so far; then the snapshot has to be compared
   */
  public Optional<List<LogEntry>> since(String fleet, ResourceKind kind, long revision) {
    FleetState state = fleets.get(fleet);
    return state == null ? Optional.of(List.of()) : state.log.since(kind, revision);
  }

  /**
   * What happened to one kind within a time until now: the newest change of each name. What a fleet
   * began with did not change.
   */
  public List<LogEntry> changedWithin(String fleet, ResourceKind kind, Duration time) {
    FleetState state = fleets.get(fleet);
    if (state == null) {
      return List.of();
    }
    long before = Math.max(state.log.before(System.nanoTime() - time.toNanos()), state.first);
    return state.log.since(kind, before).orElse(List.of());
  }

  /** When each name of each kind last changed, as far as the log reaches back: walks all of it. */
  public Map<ResourceKind, Map<String, Instant>> remembered(String fleet) {
    FleetState state = fleets.get(fleet);
    return state == null ? Map.of() : state.log.times();
  }

  /** Calls the listener on the compile thread with each fleet that a publication changed. */
  public void onPublish(Consumer<String> listener) {
    publishListeners.add(listener);
  }

  /** Tells all listeners what a node answered. */
  public void deliver(Delivery delivery) {
    deliveryListeners.forEach(listener -> listener.accept(delivery));
  }

  /** Calls the listener with each delivery, on the thread of the stream: it must not block. */
  public void onDelivery(Consumer<Delivery> listener) {
    deliveryListeners.add(listener);
  }
}
