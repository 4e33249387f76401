package io.chancery.stream;

import io.chancery.snapshot.LogEntry;
import io.chancery.snapshot.NodeState;
import io.chancery.snapshot.Snapshot;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.xds.Bisection;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;
import java.util.Collection;
import java.util.Collections;
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

/** One type of one stream: what is subscribed, held, lacking and on its way. */
final class TypeState {
  private final ResourceKind kind;
  private final Protocol.Form form;
  private final boolean saysErrors;
  private final Subscription subscription;
  private final ClientView view;
  private final Heartbeats heartbeats;
  private final Pending pending;
  private final Asking asking;

  private final Bisection<String> bisection = new Bisection<>();

  /** Names that have to be acknowledged before later kinds go on, with the revision; xds.md O3. */
  private Map<String, Long> awaited = Collections.emptyMap();

  private @Nullable Offer offer;
  private String lastNonce = "";
  private boolean mustAnswer;
  private NodeState.Waiting waiting = NodeState.Waiting.NOTHING;
  private long seen;
  private long acked;

  TypeState(
      ResourceKind kind, Protocol.Form form, ClientFeatures features, Subscription subscription) {
    this.kind = kind;
    this.form = form;
    this.saysErrors = features.errors();
    this.subscription = subscription;
    this.view = new ClientView(kind, subscription);
    this.pending = new Pending(subscription);
    this.asking = new Asking(kind, subscription, view, pending);
    this.heartbeats = new Heartbeats(kind, view, features.takesTimeToLive(form));
  }

  /** Takes the subscriptions of a request; the first one may tell what the client holds. */
  void subscribe(Request.Subscriptions wanted, Snapshot now) {
    boolean first = !subscription.opened();
    if (first) {
      seen = now.revision();
    }
    mustAnswer |= asking.take(wanted, first, now);
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
        pending.add(entry.name(), new Span(seen + 1, entry.revision()));
      }
    } else {
      asking.examineAll(now, new Span(seen + 1, now.revision()));
    }
    seen = now.revision();
  }

  /** Compares the names that may lack something with the snapshot. */
  Wants wants(Snapshot now, KnownRefusals known) {
    Wants wants = new Wants(System.nanoTime());
    pending.settle((name, span) -> {
      now.resource(kind, name).ifPresent(it -> view.withhold(it, known, wants.time));
      return settled(name, span, now, wants);
    });
    if (pending.isEmpty() && offer == null && seen == now.revision() && view.isBehind(now)) {
      view.rebase(now);
    }
    awaited.keySet().removeIf(name -> !awaits(name, now, wants));
    awaited = awaited.isEmpty() ? Collections.emptyMap() : awaited;
    heartbeats.collect(now, wants);
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
        boolean said = need == ClientView.Need.ABSENT && saysErrors;
        if (form == Protocol.Form.PARTIAL && !said) {
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
      if (pending.last(name) >= limit
          && !view.asks(name)) { // A name that is asked for never waits; O7.
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

  /** Notes that these names are sent now. */
  Offer send(String nonce, Map<String, Optional<Resource>> items) {
    Map<String, Offer.Item> sent = new LinkedHashMap<>();
    items.forEach((name, resource) -> {
      sent.put(name, view.offered(name, resource, pending.take(name)));
      resource.ifPresent(it -> heartbeats.told(name, it, System.nanoTime()));
    });
    mustAnswer = false;
    return expect(new Offer(nonce, sent, System.nanoTime()));
  }

  private Offer expect(Offer made) {
    lastNonce = made.nonce();
    offer = made;
    return made;
  }

  /** Notes that what is due is said to be still there now, and returns it. */
  List<Resource> beat(String nonce, Wants wants) {
    Offer _ = expect(new Offer(nonce, Map.of(), System.nanoTime()));
    return heartbeats.beat(wants);
  }

  /** What a response with these items has to hold. */
  Map<String, Optional<Resource>> body(Map<String, Optional<Resource>> items) {
    if (form != Protocol.Form.COMPLETE) {
      return items;
    }
    Map<String, Optional<Resource>> all = view.contents();
    items.forEach(all::putIfAbsent); // What is missing.
    return all;
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
   * @return what may be at fault
   */
  Blame refused(Offer refused, String detail) {
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
    return new Blame(blamed, !culprits.isEmpty());
  }

  private void takeBack(String name, Offer.Item item) {
    if (subscription.covers(name)) {
      view.undo(name, item);
      pending.add(name, new Span(item.since(), item.since()));
    }
  }

  /** Has a name acknowledged once more before later kinds go on, changed or not; xds.md P14. */
  void await(String name, long since) {
    awaited = awaited.isEmpty() ? new HashMap<>() : awaited;
    awaited.put(name, since);
    asking.again(List.of(name), new Span(since, since));
  }

  /**
   * In the form in which a response is all there is, a client that comes back would lose what went
   * meanwhile before it has what replaces it. So it is taken to hold it still.
   */
  void mayHold(List<LogEntry> gone, Snapshot now) {
    if (form != Protocol.Form.COMPLETE || !view.isBehind(now)) {
      return;
    }
    for (LogEntry entry : gone) {
      if (entry.after().isEmpty() && subscription.covers(entry.name())) {
        entry.before().ifPresent(view::mayHold);
        pending.add(entry.name(), new Span(0, now.revision()));
      }
    }
  }

  /** Has names sent again that the client says it holds; xds.md O6. */
  void resend(Collection<String> names, Snapshot now) {
    asking.again(names, new Span(0, now.revision()));
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
   * @return whether it moved, or something else waits than before
   */
  boolean advance(Wants wants, boolean pinned) {
    NodeState.Waiting now =
        new NodeState.Waiting(wants.held, pinned ? wants.removals.size() : 0, bisection.size());
    boolean changed = !now.equals(waiting);
    waiting = changed ? now : waiting;
    return advanceRevision(wants, pinned) || changed;
  }

  private boolean advanceRevision(Wants wants, boolean pinned) {
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

  /** What is not sent for a reason. */
  NodeState.Waiting waiting() {
    return waiting;
  }

  /** How many names changed once more before they were sent, since this was last asked. */
  int coalesced() {
    return pending.coalesced();
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
