package io.chancery.snapshot;

import io.chancery.xds.ResourceKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pcollections.TreePMap;

/**
 * The newest changes of one fleet, oldest dropped first; xds.md S2. Immutable, so that readers need
 * no lock.
 *
 * @param publications the changes of each publication, by revision
 * @param size of all publications together, in entries
 * @param floor the log is complete after this revision
 * @param limit how many entries are kept; a publication is kept whole or not at all
 */
record ChangeLog(TreePMap<Long, Publication> publications, int size, long floor, int limit) {

  /**
   * What one publication changed.
   *
   * @param at {@link System#nanoTime}
   */
  record Publication(long at, List<LogEntry> entries) {}

  static ChangeLog empty(int limit) {
    return new ChangeLog(TreePMap.empty(), 0, 0, limit);
  }

  /** With the changes of one more publication. */
  ChangeLog plus(long revision, Publication publication) {
    int together = size + publication.entries.size();
    ChangeLog longer =
        new ChangeLog(publications.plus(revision, publication), together, floor, limit);
    while (longer.size > limit) {
      longer = longer.withoutOldest();
    }
    return longer;
  }

  private ChangeLog withoutOldest() {
    long oldest = publications.firstKey();
    int fewer = size - publications.firstEntry().getValue().entries.size();
    return new ChangeLog(publications.minus(oldest), fewer, oldest, limit);
  }

  /**
   * The newest change of each name after a revision; empty if the log does not reach back so far.
   */
  Optional<List<LogEntry>> since(ResourceKind kind, long revision) {
    if (revision < floor) {
      return Optional.empty();
    }
    Map<String, LogEntry> newest = new LinkedHashMap<>();
    for (Publication publication : publications.tailMap(revision + 1).values()) {
      for (LogEntry entry : publication.entries) {
        if (entry.kind().equals(kind)) {
          newest.put(entry.name(), entry);
        }
      }
    }
    return Optional.of(List.copyOf(newest.values()));
  }

  /** When each name of each kind last changed. */
  Map<ResourceKind, Map<String, Instant>> times() {
    long nanos = System.nanoTime();
    Instant now = Instant.now();
    Map<ResourceKind, Map<String, Instant>> times = new HashMap<>();
    for (Publication publication : publications.values()) {
      Instant at = now.minusNanos(nanos - publication.at);
      for (LogEntry entry : publication.entries) {
        times.computeIfAbsent(entry.kind(), _ -> new HashMap<>()).put(entry.name(), at);
      }
    }
    return times;
  }

  /** The revision after which everything happened that did since then. */
  long before(long time) {
    for (Map.Entry<Long, Publication> one : publications.descendingMap().entrySet()) {
      if (one.getValue().at - time < 0) {
        return one.getKey();
      }
    }
    return floor;
  }
}
