package io.chancery.stream;

import static java.util.Objects.requireNonNull;

import io.chancery.snapshot.NodeState.Rejected;
import io.chancery.snapshot.Snapshot;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one client and one type: what it wants, what it has, what it was offered, what
 * it refused. The names that may differ are kept as a set, not as a queue of changes: only the
 * newest state is ever sent.
 */
final class TypeState {
  private final ResourceKind kind;
  final Subscription subscription;
  private final Map<String, Version> held = new HashMap<>();
  private final Map<String, Rejected> rejected = new HashMap<>();

  /** Names of refused responses, of which the client may have taken something. */
  private final Set<String> uncertain = new HashSet<>();

  /** Names whose resource may differ from what the client has. */
  private Set<String> dirty = new HashSet<>();

  /**
   * Names that must be answered even if nothing changed: the client just asked for them (P6, P11).
   */
  private Set<String> asked = new HashSet<>();

  /**
   * After a NACK: the names of the refused response in ever smaller groups, until the culprits are
   * alone.
   */
  private final Deque<List<String>> suspects = new ArrayDeque<>();

  private boolean answerDue;
  private @Nullable Offer inFlight;
  private long acked;

  TypeState(ResourceKind kind) {
    this.kind = kind;
    subscription = new Subscription(kind.wildcard());
  }

  ResourceKind kind() {
    return kind;
  }

  Optional<Offer> inFlight() {
    return Optional.ofNullable(inFlight);
  }

  Collection<Rejected> rejected() {
    return rejected.values();
  }

  long acked() {
    return acked;
  }

  /** What a reconnecting client says that it has (P12). */
  void claim(Map<String, String> versions) {
    versions.forEach((name, version) -> held.put(name, new Version(version)));
    dirty.addAll(versions.keySet());
  }

  /**
   * Takes a subscription change. Names that the client just claimed to have, in their current
   * version, need no answer.
   */
  void subscribe(
      List<String> subscribe, List<String> unsubscribe, boolean first, Snapshot snapshot) {
    boolean claimed = !held.isEmpty();
    if (subscription.change(subscribe, unsubscribe)) {
      dirty.addAll(snapshot.of(kind).keySet());
      answerDue = !claimed;
    }
    for (String name : subscribe) {
      if (!name.equals("*") && !(first && held.containsKey(name))) {
        asked.add(name);
      }
    }
    for (String name : unsubscribe) {
      if (!subscription.wants(name)) {
        held.remove(name);
        asked.remove(name);
      } else if (!name.equals("*")) {
        asked.add(name); // Still wanted by the wildcard: it is answered (P10).
      }
    }
  }

  /** The resource of this name changed, came or went. */
  void touch(String name) {
    if (subscription.wants(name)) {
      dirty.add(name);
    }
  }

  /** Sends this name again even if the client has it (P14). */
  void force(String name) {
    if (subscription.wants(name)) {
      asked.add(name);
    }
  }

  /** Whether the client has accepted a resource of this name. */
  boolean holds(String name) {
    return held.containsKey(name);
  }

  /**
   * Resources to send, and names that do not exist and were asked for: the next response of the
   * first phase.
   */
  List<String> additions(Snapshot snapshot) {
    if (!suspects.isEmpty()) {
      return suspects.getFirst();
    }
    Set<String> names = new TreeSet<>(asked);
    dirty.stream().filter(name -> isNews(name, snapshot)).forEach(names::add);
    return List.copyOf(names);
  }

  /** Names to remove: the second phase. */
  List<String> removals(Snapshot snapshot) {
    return dirty.stream()
        .filter(name -> held.containsKey(name) || uncertain.contains(name))
        .filter(name -> snapshot.find(kind, name).isEmpty() && subscription.wants(name))
        .sorted()
        .toList();
  }

  boolean isAnswerDue() {
    return answerDue;
  }

  private boolean isNews(String name, Snapshot snapshot) {
    return snapshot
        .find(kind, name)
        .map(Resource::version)
        .filter(version -> subscription.wants(name))
        .filter(version -> !version.equals(held.get(name)) && !isRejected(name, version))
        .isPresent();
  }

  private boolean isRejected(String name, Version version) {
    return rejected.containsKey(name) && rejected.get(name).version().equals(version);
  }

  /** A response is on its way. */
  void sent(Offer offer) {
    inFlight = offer;
    answerDue = false;
    asked = without(asked, offer.content().keySet()::contains);
    dirty = without(dirty, offer.content().keySet()::contains);
  }

  /** Replaced, not cleared: clearing a set that was once large costs its capacity, not its size. */
  private static Set<String> without(Set<String> names, Predicate<String> gone) {
    Set<String> left = new HashSet<>();
    names.stream().filter(gone.negate()).forEach(left::add);
    return left;
  }

  /** The client took the response in flight. */
  Offer ack() {
    Offer offer = takeInFlight();
    offer
        .content()
        .forEach((name, version) -> {
          rejected.remove(name);
          uncertain.remove(name);
          version.ifPresentOrElse(v -> held.put(name, v), () -> held.remove(name));
        });
    if (!suspects.isEmpty()) {
      suspects.removeFirst();
    }
    return offer;
  }

  /**
   * The client refused the response in flight, and may have taken parts of it. A response of one
   * resource tells the culprit; of a larger one the halves are offered again, each by itself, so
   * that the good ones get through.
   *
   * @return the culprit, if it is known now
   */
  Optional<Rejected> nack(String detail, Instant at) {
    Offer offer = takeInFlight();
    List<String> names = offer.content().keySet().stream().sorted().toList();
    if (!suspects.isEmpty()) {
      suspects.removeFirst();
    }
    names.forEach(held::remove);
    uncertain.addAll(names);
    if (names.size() > 1) {
      suspects.addFirst(names.subList(names.size() / 2, names.size()));
      suspects.addFirst(names.subList(0, names.size() / 2));
      return Optional.empty();
    }
    Optional<Rejected> culprit = Optional.empty();
    for (Map.Entry<String, Optional<Version>> only : offer.content().entrySet()) {
      culprit =
          only.getValue().map(version -> new Rejected(kind, only.getKey(), version, detail, at));
    }
    culprit.ifPresent(refused -> rejected.put(refused.name(), refused));
    return culprit;
  }

  private Offer takeInFlight() {
    Offer offer = requireNonNull(inFlight, "an answer without a response");
    inFlight = null;
    return offer;
  }

  /** Forgets names that turned out to be up to date, and notes how far the client is. */
  void settle(Snapshot snapshot) {
    if (inFlight == null && suspects.isEmpty() && asked.isEmpty()) {
      rejected.values().removeIf(r -> !isCurrent(r, snapshot));
      if (additions(snapshot).isEmpty() && removals(snapshot).isEmpty()) {
        dirty = new HashSet<>();
        acked = rejected.isEmpty() ? snapshot.revision() : acked;
      }
    }
  }

  private boolean isCurrent(Rejected refused, Snapshot snapshot) {
    return snapshot
        .find(kind, refused.name())
        .filter(r -> r.version().equals(refused.version()))
        .isPresent();
  }

  /** Whether there is anything that the client has not accepted yet. */
  boolean isPending(Snapshot snapshot) {
    return inFlight != null
        || answerDue
        || !suspects.isEmpty()
        || !additions(snapshot).isEmpty()
        || !removals(snapshot).isEmpty();
  }

  /** Names in flight or due, for tests of bounds. */
  int backlog() {
    return new ArrayList<>(dirty).size() + asked.size() + suspects.size();
  }
}
