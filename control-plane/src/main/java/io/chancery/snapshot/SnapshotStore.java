package io.chancery.snapshot;

import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The current snapshot of each fleet. One thread publishes; any thread reads. */
public final class SnapshotStore {
  private final Map<String, Snapshot> fleets = new ConcurrentHashMap<>();
  private final List<Consumer<Publication>> listeners = new CopyOnWriteArrayList<>();
  private volatile long revision;

  /** The snapshot of a fleet; an empty one if nothing was published for it. */
  public Snapshot snapshot(String fleet) {
    return fleets.getOrDefault(fleet, Snapshot.empty(fleet));
  }

  /** Fleets of which something was published. */
  public Set<String> fleets() {
    return new TreeSet<>(fleets.keySet());
  }

  /** The newest revision; 0 before the first publication. */
  public long revision() {
    return revision;
  }

  /** Calls back for each fleet that a publication changes, on the thread that publishes. */
  public void onPublish(Consumer<Publication> listener) {
    listeners.add(listener);
  }

  /**
   * Publishes changes as one revision, and costs as much as they are, not as the fleet is. What has
   * the version that it had is no change.
   *
   * @return the newest revision: that of these changes, or the one before if nothing changed
   */
  public long publish(List<ResourceChange> changes) {
    Map<String, List<Publication.Name>> changed = new TreeMap<>();
    Map<String, Snapshot> next = new TreeMap<>();
    for (ResourceChange change : changes) {
      Snapshot before = next.getOrDefault(change.fleet(), snapshot(change.fleet()));
      if (differs(before.find(change.kind(), change.name()), change.resource())) {
        next.put(
            change.fleet(),
            before.with(revision + 1, change.kind(), change.name(), change.resource()));
        changed
            .computeIfAbsent(change.fleet(), _ -> new ArrayList<>())
            .add(new Publication.Name(change.kind(), change.name()));
      }
    }
    long newest = revision + 1;
    if (next.isEmpty()) {
      return revision;
    }
    fleets.putAll(next);
    revision = newest;
    next.forEach((fleet, snapshot) ->
        tell(new Publication(snapshot, List.copyOf(changed.getOrDefault(fleet, List.of())))));
    return newest;
  }

  private void tell(Publication publication) {
    listeners.forEach(listener -> listener.accept(publication));
  }

  private static boolean differs(Optional<Resource> before, Optional<Resource> after) {
    return !before.map(Resource::version).equals(after.map(Resource::version));
  }
}
