package io.chancery.snapshot;

import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What nodes refused, so that it is not offered again on a later stream, or by a later process;
 * xds.md N4 and N8. It concerns the node that refused, and all nodes of its fleet and build as soon
 * as a second one refuses the same within 60 s, unless any of them took it: one broken or hostile
 * node stops nobody else. Other content, and another build, are not concerned. Used by any thread.
 */
public final class Quarantine {
  /** Refusals, one for each node that refused, that are remembered; the oldest go first. */
  static final int LIMIT = 5_000;

  private static final Duration CONFIRMATION = Duration.ofSeconds(60);

  private final Map<Key, Refused> refusals = new LinkedHashMap<>();
  private int size;
  private long changes;

  /** Nearly always, there is nothing to ask for, and nobody has to wait. */
  private volatile boolean empty = true;

  /**
   * Who refuses.
   *
   * @param build the version that the Envoy names; may be empty
   */
  public record Node(String fleet, String id, String build) {}

  /** What is refused. */
  public record Content(ResourceKind kind, String name, Version version) {}

  /**
   * What an Envoy said.
   *
   * @param detail Envoy's words, at most 4 KiB
   */
  public record Refusal(String detail, Instant at) {}

  /**
   * All that is remembered of one content, in one fleet and of one build.
   *
   * @param nodes those that refused
   * @param confirmed whether it concerns all nodes
   * @param taken whether a node took it: then it concerns no others
   */
  public record Entry(
      String fleet,
      String build,
      Content content,
      Refusal refusal,
      Set<String> nodes,
      boolean confirmed,
      boolean taken) {}

  private record Key(String fleet, String build, Content content) {
    static Key of(Node node, Content content) {
      return new Key(node.fleet, node.build, content);
    }
  }

  /**
   * Refusals of one content.
   *
   * @param by when each node refused; {@link System#nanoTime}
   */
  private record Refused(Refusal last, Map<String, Long> by, boolean confirmed, boolean taken) {

    boolean concerns(String node) {
      return confirmed || by.containsKey(node);
    }
  }

  /** A node refused this content, and nothing else can be at fault. */
  public synchronized void refused(Node node, Content content, Refusal refusal) {
    Key key = Key.of(node, content);
    Refused before = refusals.get(key);
    if (before != null && before.confirmed) {
      return; // It concerns the node already, and a fleet of many would all be listed.
    }
    Refused _ = remove(key); // To be the youngest.
    Map<String, Long> by = new HashMap<>(before == null ? Map.of() : before.by);
    long now = System.nanoTime();
    by.put(node.id, now);
    boolean taken = before != null && before.taken;
    boolean confirmed = !taken && isConfirmed(by, now);
    put(key, new Refused(refusal, Map.copyOf(by), confirmed, taken));
    changes++;
  }

  private static boolean isConfirmed(Map<String, Long> by, long now) {
    return by.values().stream().filter(at -> now - at < CONFIRMATION.toNanos()).count() > 1;
  }

  /** A node took this content: that others refuse it lies with them. */
  public void accepted(Node node, Content content) {
    if (!empty) {
      take(node, content);
    }
  }

  private synchronized void take(Node node, Content content) {
    Key key = Key.of(node, content);
    Refused before = refusals.get(key);
    if (before == null || (before.taken && !before.by.containsKey(node.id))) {
      return;
    }
    Map<String, Long> others = new HashMap<>(before.by);
    others.remove(node.id);
    Refused _ = remove(key);
    if (!others.isEmpty()) {
      put(key, new Refused(before.last, Map.copyOf(others), false, true));
    }
    changes++;
  }

  /** Why this content is not to be offered to a node; empty: nothing is known against it. */
  public Optional<Refusal> refusal(Node node, Content content) {
    return empty ? Optional.empty() : find(node, content);
  }

  private synchronized Optional<Refusal> find(Node node, Content content) {
    return Optional.ofNullable(refusals.get(Key.of(node, content)))
        .filter(refused -> refused.concerns(node.id))
        .map(Refused::last);
  }

  private @Nullable Refused remove(Key key) {
    Refused removed = refusals.remove(key);
    size -= removed == null ? 0 : removed.by.size();
    empty = refusals.isEmpty();
    return removed;
  }

  private void put(Key key, Refused refused) {
    refusals.put(key, refused);
    size += refused.by.size();
    while (size > LIMIT) {
      Refused _ = remove(refusals.keySet().iterator().next());
    }
    empty = refusals.isEmpty();
  }

  /** Grows with every change; 0: nothing was refused in this process. */
  public synchronized long changes() {
    return changes;
  }

  /** All that is remembered, oldest first. */
  public synchronized List<Entry> entries() {
    List<Entry> all = new ArrayList<>();
    refusals.forEach((key, refused) ->
        all.add(
            new Entry(
                key.fleet,
                key.build,
                key.content,
                refused.last,
                refused.by.keySet(),
                refused.confirmed,
                refused.taken)));
    return all;
  }

  /** Takes what an earlier process knew; who refused then does not confirm what is refused now. */
  public synchronized void restore(List<Entry> stored) {
    long before = System.nanoTime() - CONFIRMATION.toNanos();
    for (Entry entry : stored) {
      Key key = new Key(entry.fleet, entry.build, entry.content);
      Map<String, Long> by = new HashMap<>();
      entry.nodes.forEach(node -> by.put(node, before));
      Refused _ = remove(key);
      put(key, new Refused(entry.refusal, Map.copyOf(by), entry.confirmed, entry.taken));
    }
  }
}
