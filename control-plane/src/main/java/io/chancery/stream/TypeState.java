package io.chancery.stream;

import io.chancery.snapshot.LogEntry;
import io.chancery.snapshot.Snapshot;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.xds.Bisection;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One type of one stream: what is subscribed, held, lacking and on its way. What lacks is a set of
 * names, never a queue of contents: whenever the client is ready, it gets the newest.
 */
final class TypeState {
  private final ResourceKind kind;
  private final Protocol.Form form;
  private final Subscription subscription;
  private final ClientView view;
  private Map<String, Span> pending = new LinkedHashMap<>();

  private final Bisection<String> bisection = new Bisection<>();

  /** Names that have to be acknowledged before later kinds go on, with the revision; xds.md O3. */
  private final Map<String, Long> awaited = new HashMap<>();

  private @Nullable Offer offer;
  private String lastNonce = "";
  private boolean mustAnswer;
  private long seen;
  private long acked;

  TypeState(ResourceKind kind, Protocol.Form form) {
    this.kind = kind;
    this.form = form;
    this.subscription = new Subscription(kind.wildcard());
    this.view = new ClientView(kind, subscription);
  }

  /** Takes the subscriptions of a request; the first one may tell what the client holds. */
  void subscribe(Request.Subscriptions wanted, Snapshot now) {
    boolean first = !subscription.opened();
    if (first) {
      seen = now.revision();
    }
    switch (wanted) {
      case Request.Subscriptions.Changed(var subscribe, var unsubscribe, var held) -> {
        Subscription.Change change = subscription.change(subscribe, unsubscribe);
        if (first) {
          held.forEach(this::claims);
        }
        take(change, first, now);
      }
      case Request.Subscriptions.All(var names, var version) -> {
        Subscription.Change change = subscription.replace(names);
        if (first && change.wildcard() && holdsAll(now, version)) {
          change.added().forEach(view::ask);
        } else {
          take(change, first, now);
        }
      }
    }
  }

  /** Whether a client of an earlier stream has all that there is; xds.md P12. */
  private boolean holdsAll(Snapshot now, String version) {
    view.holdsAll(now);
    boolean equal = !version.isEmpty() && version.equals(view.digest());
    if (!equal) {
      view.startsWildcard();
    }
    return equal;
  }

  private void take(Subscription.Change change, boolean first, Snapshot now) {
    Span span = new Span(0, now.revision());
    if (change.gone()) {
      view.retain();
      pending.keySet().removeIf(name -> !subscription.covers(name));
    }
    view.startsWithout(change.added());
    for (String name : change.asked()) {
      if (!first || !view.holds(name)) {
        view.ask(name);
      }
      examine(name, span);
    }
    if (change.wildcard()) {
      view.startsWildcard();
      mustAnswer = view.heldNames().isEmpty(); // An empty answer is an answer; xds.md P13.
      examineAll(now, span);
    }
    if (first) {
      examineHeld(span);
    }
  }

  private void claims(String name, String version) {
    if (subscription.covers(name)) {
      view.claims(name, new Version(version));
    }
  }

  private void examine(String name, Span span) {
    if (subscription.covers(name)) {
      pending.merge(name, span, Span::and);
    }
  }

  private void examineAll(Snapshot now, Span span) {
    now.resources(kind).keySet().forEach(name -> examine(name, span));
    examineHeld(span);
  }

  private void examineHeld(Span span) {
    view.heldNames().forEach(name -> examine(name, span));
  }

  /** Learns what changed since it looked last. */
  void catchUp(Snapshot now, SnapshotStore store) {
    if (!subscription.opened() || seen == now.revision()) {
      return;
    }
    Optional<List<LogEntry>> entries = store.since(now.fleet(), kind, seen);
    if (entries.isPresent()) {
      for (LogEntry entry : entries.get()) {
        // The log has the newest change of a name only: it may have changed before, too.
        examine(entry.name(), new Span(seen + 1, entry.revision()));
      }
    } else {
      examineAll(now, new Span(seen + 1, now.revision()));
    }
    seen = now.revision();
  }

  /** Compares the names that may lack something with the snapshot. */
  Wants wants(Snapshot now) {
    Wants wants = new Wants(System.nanoTime());
    pending.entrySet().removeIf(entry -> settled(entry.getKey(), entry.getValue(), now, wants));
    if (pending.isEmpty() && offer == null && seen == now.revision() && view.isBehind(now)) {
      view.rebase(now);
      pending = new LinkedHashMap<>(); // Replaced: it may have been large.
    }
    awaited.keySet().removeIf(name -> !awaits(name, now, wants));
    return wants;
  }

  private boolean settled(String name, Span span, Snapshot now, Wants wants) {
    Optional<Resource> present = now.resource(kind, name);
    ClientView.Need need = view.need(name, present, wants.time);
    switch (need) {
      case NOTHING -> {
        if (!isOnItsWay(name)) {
          view.settle(name, present);
          bisection.forget(name);
        }
        return true;
      }
      case LATER -> {
        wants.pause = Math.min(wants.pause, view.pauseOf(name, wants.time));
        wants.offersSince = Math.min(wants.offersSince, span.first());
      }
      case OFFER -> {
        wants.offers.put(name, present.orElseThrow());
        wants.offersSince = Math.min(wants.offersSince, span.first());
      }
      case ABSENT, REMOVE -> {
        if (form == Protocol.Form.PARTIAL) {
          view.forget(name);
          return true;
        }
        wants.lacks(need, name, span);
      }
    }
    return false;
  }

  private boolean awaits(String name, Snapshot now, Wants wants) {
    return now.resource(kind, name).isPresent()
        && (!subscription.covers(name) || wants.offers.containsKey(name) || isOnItsWay(name));
  }

  private boolean isOnItsWay(String name) {
    return offer != null && offer.items().containsKey(name);
  }

  /** The oldest revision of which an addition or change is not acknowledged yet. */
  long unsettledSince(Wants wants) {
    long sent = offer == null ? Long.MAX_VALUE : offer.floor();
    long expected = awaited.values().stream().mapToLong(Long::longValue).min().orElse(sent);
    return Math.min(Math.min(sent, expected), wants.offersSince);
  }

  /**
   * The additions, changes and answers that may be sent now; empty: nothing may.
   *
   * @param limit what changed in this revision or later has to wait
   * @param bytes about how large a response may be; what exceeds it goes after the next ACK
   */
  Optional<Map<String, Optional<Resource>>> choose(Wants wants, long limit, int bytes) {
    Map<String, Optional<Resource>> chosen = new LinkedHashMap<>();
    Set<String> suspects = new HashSet<>();
    // An Envoy takes the first response for all there is, and a complete one is all; xds.md S9.
    long room = mustAnswer || form == Protocol.Form.COMPLETE ? Long.MAX_VALUE : bytes;
    for (Map.Entry<String, Resource> entry : wants.offers.entrySet()) {
      String name = entry.getKey();
      if (last(name) >= limit && !view.asks(name)) { // A name that is asked for never waits; O7.
        wants.held = true;
        if (mustAnswer) {
          return Optional.empty();
        }
      } else if (bisection.suspects(name)) {
        suspects.add(name);
      } else if (room > 0) {
        chosen.put(name, Optional.of(entry.getValue()));
        room -= entry.getValue().bytes().size();
      }
    }
    wants.absent.forEach(name -> chosen.put(name, Optional.empty()));
    if (chosen.isEmpty()) {
      bisection
          .next(suspects)
          .forEach(name -> chosen.put(name, Optional.ofNullable(wants.offers.get(name))));
    }
    return chosen.isEmpty() && !mustAnswer ? Optional.empty() : Optional.of(chosen);
  }

  private long last(String name) {
    Span span = pending.get(name);
    return span == null ? 0 : span.last();
  }

  /** Notes that these names are sent now. */
  Offer send(String nonce, Map<String, Optional<Resource>> items) {
    Map<String, Offer.Item> sent = new LinkedHashMap<>();
    items.forEach((name, resource) -> {
      Span span = pending.remove(name);
      sent.put(name, view.offered(name, resource, span == null ? 0 : span.first()));
    });
    mustAnswer = false;
    lastNonce = nonce;
    Offer made = new Offer(nonce, sent, System.nanoTime());
    offer = made;
    return made;
  }

  /** What a response with these items has to hold. */
  Map<String, Optional<Resource>> body(Map<String, Optional<Resource>> items) {
    return form == Protocol.Form.COMPLETE ? view.contents() : items;
  }

  /** The version of what the client has with the last offer; xds.md R5. */
  String version() {
    return view.digest();
  }

  /** Whether a request of the state-of-the-world form answers a response that is not the last. */
  boolean isStale(String nonce) {
    return form != Protocol.Form.DELTA && !nonce.isEmpty() && !nonce.equals(lastNonce);
  }

  /** Since when the client owes an answer; {@link System#nanoTime}. */
  OptionalLong owedSince() {
    return offer == null ? OptionalLong.empty() : OptionalLong.of(offer.sentAt());
  }

  /** The client took the offer; to take that a name is absent is not to take what it refused. */
  void accepted(Offer accepted) {
    accepted.items().forEach((name, item) -> item.resource().ifPresent(_ -> view.accept(name)));
    bisection.accepted(accepted.items().keySet());
  }

  /** The offer that a request with this nonce answers; only once, and only the last; xds.md P3. */
  Optional<Offer> answered(String nonce) {
    Offer answered = offer;
    if (answered == null || !answered.nonce().equals(nonce)) {
      return Optional.empty();
    }
    offer = null;
    return Optional.of(answered);
  }

  /**
   * Takes back a refused offer: what is at fault is rejected, the rest is offered again.
   *
   * @return the versions that may be at fault, by name
   */
  Map<String, Version> refused(Offer refused, String detail) {
    Map<String, Version> offered = new LinkedHashMap<>();
    refused
        .items()
        .forEach((name, item) -> item.resource().ifPresent(it -> offered.put(name, it.version())));
    Set<String> culprits =
        offered.size() == 1 ? offered.keySet() : Culprits.namedIn(detail, offered.keySet());
    Map<String, Version> blamed = new LinkedHashMap<>(offered);
    if (!culprits.isEmpty()) {
      blamed.keySet().retainAll(culprits);
    }
    offered.forEach((name, version) -> {
      Offer.Item item = Objects.requireNonNull(refused.items().get(name));
      takeBack(name, item);
      if (culprits.contains(name)) {
        view.reject(name, version, System.nanoTime());
      }
    });
    bisection.refused(offered.keySet(), culprits);
    return blamed;
  }

  private void takeBack(String name, Offer.Item item) {
    if (subscription.covers(name)) {
      view.undo(name, item);
      examine(name, new Span(item.since(), item.since()));
    }
  }

  /** Has a name acknowledged once more before later kinds go on, changed or not; xds.md P14. */
  void await(String name, long since) {
    awaited.put(name, since);
    if (subscription.covers(name)) {
      view.ask(name);
      examine(name, new Span(since, since));
    }
  }

  void awaitNo(String name) {
    awaited.remove(name);
  }

  void awaitNothing() {
    awaited.clear();
  }

  /**
   * Moves the acknowledged revision on, as far as nothing is on its way or lacking.
   *
   * @param pinned removals are withheld for good, and do not count
   * @return whether it moved
   */
  boolean advance(Wants wants, boolean pinned) {
    if (!subscription.opened() || mustAnswer || (offer != null && offer.items().isEmpty())) {
      return false;
    }
    long lacking = Math.min(wants.offersSince, pinned ? Long.MAX_VALUE : wants.removalsSince);
    long open = Math.min(lacking, offer == null ? Long.MAX_VALUE : offer.oldest());
    long reached = open == Long.MAX_VALUE ? seen : open - 1;
    boolean moved = reached > acked;
    acked = Math.max(acked, reached);
    return moved;
  }

  /** What is refused of the present snapshot. */
  Map<String, Version> rejected(Snapshot now) {
    Map<String, Version> present = new LinkedHashMap<>(view.rejected());
    present
        .entrySet()
        .removeIf(entry ->
            !subscription.covers(entry.getKey())
                || !now.resource(kind, entry.getKey())
                    .map(Resource::version)
                    .equals(Optional.of(entry.getValue())));
    return present;
  }

  /** Whether the client has answered that it has a resource of this name. */
  boolean confirmed(String name) {
    return view.holds(name) && !isOnItsWay(name);
  }

  /** Whether the client has the name, in whatever version. */
  boolean holds(String name) {
    return view.holds(name);
  }

  boolean busy() {
    return offer != null;
  }

  boolean opened() {
    return subscription.opened();
  }

  ResourceKind kind() {
    return kind;
  }

  long acked() {
    return acked;
  }
}
