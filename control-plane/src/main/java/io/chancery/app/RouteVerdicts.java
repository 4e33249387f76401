package io.chancery.app;

import io.chancery.compile.TableVerdict;
import io.chancery.model.FleetName;
import io.chancery.snapshot.Delivery;
import io.chancery.snapshot.Nodes;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Finds out which batches the fleet refuses in a table of routes, and when it accepts a table
 * again; ADR 0013. Publications come from the compile thread, deliveries from streams: what they
 * share is guarded by this object, and nobody waits while it is held.
 *
 * <p>One node of many cannot have a route held: that needs a second one, or that there is no other;
 * xds.md N4.
 */
final class RouteVerdicts {
  /** Publications of a table that are remembered; nodes run one of the newest. */
  private static final int DEPTH = 256;

  /** How soon a second node has to refuse the same; xds.md N4. */
  private static final Duration CONFIRMATION = Duration.ofSeconds(60);

  /** How a message in Envoy's text starts, whatever protobuf adds to it, and what follows it. */
  private static final String DUMP = "goo.gle/debug";

  private static final String REASON = "Proto constraint validation failed";

  private final Nodes nodes;
  private final BiConsumer<FleetName, TableVerdict> listener;
  private final Map<FleetName, Deque<Published>> history = new HashMap<>();
  private final Map<FleetName, Refused> refusals = new HashMap<>();

  /** A table as it was after a batch. */
  private record Published(Version version, long batch, long revision) {}

  /**
   * The newest version of a table that was refused.
   *
   * @param by when each node refused it; {@link System#nanoTime}
   */
  private record Refused(Version version, Map<String, Long> by) {}

  RouteVerdicts(Nodes nodes, BiConsumer<FleetName, TableVerdict> listener) {
    this.nodes = nodes;
    this.listener = listener;
  }

  /**
   * Publishes changes, and remembers the tables among them before any node can answer.
   *
   * @param publication returns its revision
   */
  synchronized long publish(
      Iterable<ResourceChange> changes, long batch, LongSupplier publication) {
    long revision = publication.getAsLong();
    for (ResourceChange change : changes) {
      if (change.kind().equals(ResourceKind.ROUTE_CONFIGURATION)) {
        FleetName table = new FleetName(change.fleet(), change.name());
        change
            .resource()
            .ifPresentOrElse(
                it -> remember(table, new Published(it.version(), batch, revision)),
                () -> forget(table));
      }
    }
    return revision;
  }

  private void remember(FleetName table, Published published) {
    Deque<Published> known = history.computeIfAbsent(table, _ -> new ArrayDeque<>());
    known.addFirst(published);
    if (known.size() > DEPTH) {
      known.removeLast();
    }
  }

  private void forget(FleetName table) {
    history.remove(table);
    refusals.remove(table);
  }

  /** Takes what a node answered. */
  synchronized void delivered(Delivery delivery) {
    if (!delivery.kind().equals(ResourceKind.ROUTE_CONFIGURATION)) {
      return;
    }
    switch (delivery) {
      case Delivery.Acked acked -> accepted(acked);
      case Delivery.Nacked nacked ->
          nacked.offered().forEach((name, version) -> refused(nacked, name, version));
    }
  }

  private void refused(Delivery.Nacked nack, String name, Version version) {
    FleetName table = new FleetName(nack.fleet(), name);
    Deque<Published> known = history.getOrDefault(table, new ArrayDeque<>());
    Optional<Published> refused =
        known.stream().filter(it -> it.version.equals(version)).findFirst();
    if (refused.isEmpty()) {
      return;
    }
    Refused before = refusals.get(table);
    if (before == null || !before.version.equals(version)) {
      before = new Refused(version, new HashMap<>());
      refusals.put(table, before);
    }
    long now = System.nanoTime();
    before.by.put(nack.node(), now);
    OptionalLong running = running(known, refused.get().batch, nack.running().get(name));
    if (running.isPresent() && isConfirmed(nack.fleet(), before, now)) {
      String text = text(nack, name, before.by.size());
      listener.accept(
          table, new TableVerdict(false, running.getAsLong() + 1, refused.get().batch, text));
    }
  }

  /** The batch of what a node runs; none if it is not known, -1 if the node runs nothing. */
  private static OptionalLong running(
      Deque<Published> known, long before, @org.jspecify.annotations.Nullable Version version) {
    return version == null
        ? OptionalLong.of(-1)
        : known.stream()
            .filter(it -> it.batch < before && it.version.equals(version))
            .mapToLong(Published::batch)
            .findFirst();
  }

  private boolean isConfirmed(String fleet, Refused refused, long now) {
    long recent =
        refused.by.values().stream().filter(at -> now - at < CONFIRMATION.toNanos()).count();
    return recent > 1 || nodeIds(fleet).size() <= 1;
  }

  private Set<String> nodeIds(String fleet) {
    Set<String> ids = new HashSet<>();
    nodes.nodes(fleet).forEach(node -> ids.add(node.id()));
    return ids;
  }

  private String text(Delivery.Nacked nack, String name, int refusing) {
    return "refused by %d of %d nodes; %s/%s: %s/%s: %s"
        .formatted(
            refusing,
            Math.max(refusing, nodeIds(nack.fleet()).size()),
            nack.fleet(),
            nack.node(),
            nack.kind(),
            name,
            reason(nack.detail()));
  }

  /**
   * Envoy prints a whole table of routes before it says what is wrong with it, and cuts its text
   * after 4 KiB.
   */
  private static String reason(String detail) {
    if (!detail.startsWith(DUMP)) {
      return detail;
    }
    int start = detail.lastIndexOf(REASON);
    return start < 0
        ? REASON + ", and Envoy's text was cut before it says at which field"
        : detail.substring(start);
  }

  /** Only of tables that were refused: nobody asks for others. */
  private void accepted(Delivery.Acked ack) {
    refusals.forEach((table, refused) -> {
      Published newest = history.getOrDefault(table, new ArrayDeque<>()).peekFirst();
      boolean refuses =
          newest != null
              && newest.version.equals(refused.version)
              && refused.by.containsKey(ack.node());
      if (newest != null
          && table.fleet().equals(ack.fleet())
          && newest.revision <= ack.revision()
          && !refuses) {
        listener.accept(table, new TableVerdict(true, 0, newest.batch, ""));
      }
    });
  }
}
