package io.chancery.stream;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import io.chancery.snapshot.Snapshot;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * What a client holds of one type, what it refused, and which names it waits to be answered.
 *
 * <p>It holds what a snapshot has, with exceptions. So a client that runs everything costs a
 * reference, however much it runs; xds.md S3.
 */
final class ClientView {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final int LAST_DOUBLING = 6;

  private final ResourceKind kind;
  private final Subscription subscription;
  private Snapshot base = Snapshot.empty("");
  private Map<String, Optional<Content>> exceptions = Collections.emptyMap();
  private Map<String, Rejection> rejections = Collections.emptyMap();
  private Set<String> asked = Collections.emptySet();

  ClientView(ResourceKind kind, Subscription subscription) {
    this.kind = kind;
    this.subscription = subscription;
  }

  /**
   * Something that a client holds.
   *
   * @param body unknown, if only the client has told of it
   */
  record Content(Version version, Optional<Resource> body) {
    static Content of(Resource resource) {
      return new Content(resource.version(), Optional.of(resource));
    }
  }

  /**
   * A version that was refused.
   *
   * @param count refusals of this name one after the other
   * @param until other content is not offered before; {@link System#nanoTime}
   */
  private record Rejection(Version version, int count, long until) {}

  /** What is to be done about one name. */
  enum Need {
    NOTHING,
    OFFER,
    /** There is better content than was refused, and it is not yet time; xds.md N1. */
    LATER,
    /** Say that there is no such resource, to a client that holds none; xds.md P11. */
    ABSENT,
    /** Take away what the client holds; xds.md P10. */
    REMOVE
  }

  Need need(String name, Optional<Resource> present, long now) {
    boolean holds = holds(name);
    if (present.isEmpty()) {
      return holds ? Need.REMOVE : asked.contains(name) ? Need.ABSENT : Need.NOTHING;
    }
    Version version = present.get().version();
    Rejection rejection = rejections.get(name);
    if (rejection != null && version.equals(rejection.version)) {
      return !holds && asked.contains(name) ? Need.ABSENT : Need.NOTHING;
    }
    boolean current =
        !asked.contains(name) && held(name).filter(it -> it.version().equals(version)).isPresent();
    if (current) {
      return Need.NOTHING;
    }
    return rejection != null && now - rejection.until < 0 ? Need.LATER : Need.OFFER;
  }

  Optional<Content> held(String name) {
    Optional<Content> exception = exceptions.get(name);
    if (exception != null) {
      return exception;
    }
    return subscription.covers(name)
        ? base.resource(kind, name).map(Content::of)
        : Optional.empty();
  }

  boolean holds(String name) {
    return held(name).isPresent();
  }

  /** Names that the client holds, of those that are subscribed. */
  List<String> heldNames() {
    Set<String> names = new HashSet<>(exceptions.keySet());
    names.addAll(subscription.among(base.resources(kind).keySet()));
    List<String> held = new ArrayList<>();
    names.stream().sorted().filter(this::holds).forEach(held::add);
    return held;
  }

  /** All that the client holds and whose content is known. */
  Map<String, Optional<Resource>> contents() {
    Map<String, Optional<Resource>> contents = new LinkedHashMap<>();
    for (String name : heldNames()) {
      held(name).flatMap(Content::body).ifPresent(body -> contents.put(name, Optional.of(body)));
    }
    return contents;
  }

  /** A version of all that the client holds: equal on every replica for equal contents. */
  String digest() {
    List<HashCode> parts = new ArrayList<>();
    heldNames().forEach(name -> held(name).ifPresent(it -> parts.add(part(name, it.version()))));
    return parts.isEmpty() ? "empty" : Hashing.combineUnordered(parts).toString();
  }

  private static HashCode part(String name, Version version) {
    return Hashing.murmur3_128()
        .newHasher()
        .putString(name, StandardCharsets.UTF_8)
        .putChar('\n')
        .putString(version.hex(), StandardCharsets.UTF_8)
        .hash();
  }

  /** A client that has what the snapshot has, which is nearly every one, has no map. */
  private void except(String name, Optional<Content> content) {
    exceptions = exceptions.isEmpty() ? new HashMap<>() : exceptions;
    exceptions.put(name, content);
  }

  private void lacks(String name) {
    if (base.resource(kind, name).isPresent() && !exceptions.containsKey(name)) {
      except(name, Optional.empty());
    }
  }

  /** The client says that it holds this from an earlier stream; xds.md P12. */
  void claims(String name, Version version) {
    except(name, Optional.of(new Content(version, Optional.empty())));
  }

  /** The client may hold this from an earlier stream, and cannot say so. */
  void mayHold(Resource resource) {
    except(resource.name(), Optional.of(Content.of(resource)));
  }

  /** These names were not subscribed before: nothing of them is held. */
  void startsWithout(Collection<String> names) {
    TreePMap<String, Resource> all = base.resources(kind);
    if (all.isEmpty()) {
      return; // As of everything that was never offered.
    }
    for (String name : names) {
      lacks(name);
      Glob.of(name)
          .ifPresent(glob -> all.keySet().stream().filter(glob::matches).forEach(this::lacks));
    }
  }

  /** All names are subscribed from now on: of the named ones, the client has what it had. */
  void startsWildcard() {
    Map<String, Optional<Content>> known = new HashMap<>(exceptions);
    subscription.names().forEach(name -> known.put(name, held(name)));
    exceptions = known;
    base = Snapshot.empty(base.fleet());
  }

  /** The client holds all that this snapshot has. */
  void holdsAll(Snapshot snapshot) {
    base = snapshot;
    exceptions = Collections.emptyMap();
  }

  /** Whether what the client holds is described by an earlier snapshot than this. */
  boolean isBehind(Snapshot now) {
    return base.revision() != now.revision() || !exceptions.isEmpty();
  }

  /**
   * The client was offered, and has answered, everything in this snapshot: only what it refused is
   * an exception from now on.
   */
  void rebase(Snapshot now) {
    Map<String, Optional<Content>> left = new HashMap<>();
    exceptions.forEach((name, content) -> {
      Optional<Version> version = now.resource(kind, name).map(Resource::version);
      if (!content.map(Content::version).equals(version)) {
        left.put(name, content);
      }
    });
    base = now;
    // Replaced, not cleared: it may have been large.
    exceptions = left.isEmpty() ? Collections.emptyMap() : left;
  }

  /** How many names are not as the snapshot has them; for tests. */
  int exceptions() {
    return exceptions.size();
  }

  /** The name has to be answered, changed or not; xds.md P6. */
  void ask(String name) {
    asked = asked.isEmpty() ? new HashSet<>() : asked;
    asked.add(name);
  }

  /** Nothing is left of what may have been much: a stream of which nothing is asked has no set. */
  private void answered(String name) {
    asked.remove(name);
    asked = asked.isEmpty() ? Collections.emptySet() : asked;
  }

  /** The response with this name is on its way; until refused, it counts as held. */
  Offer.Item offered(String name, Optional<Resource> resource, long since) {
    answered(name);
    Optional<Content> before = held(name);
    except(name, resource.map(Content::of));
    return new Offer.Item(resource, before, since);
  }

  /** The name is answered by silence, which is all that the protocol has for it. */
  void forget(String name) {
    answered(name);
    except(name, Optional.empty());
  }

  /** The client goes on with what it held before the offer. */
  void undo(String name, Offer.Item item) {
    except(name, item.before());
  }

  /** This content is not offered again, and other content not at once; xds.md N1. */
  void reject(String name, Version version, long now) {
    int count = rejectedBefore(rejections.get(name)) + 1;
    long seconds = Math.min(1L << Math.min(count - 1, LAST_DOUBLING), LONGEST_PAUSE.toSeconds());
    rejections = rejections.isEmpty() ? new HashMap<>() : rejections;
    rejections.put(
        name, new Rejection(version, count, now + Duration.ofSeconds(seconds).toNanos()));
  }

  /** What the client is known to refuse counts as refused, and is not offered; xds.md N4. */
  void withhold(Resource present, KnownRefusals known, long now) {
    String name = present.name();
    if (need(name, Optional.of(present), now) == Need.OFFER
        && known.include(present, held(name).map(Content::version))) {
      except(name, held(name)); // Else it would seem to have what there is.
      int count = rejectedBefore(rejections.get(name));
      rejections = rejections.isEmpty() ? new HashMap<>() : rejections;
      rejections.put(name, new Rejection(present.version(), count, now));
    }
  }

  private static int rejectedBefore(@Nullable Rejection rejection) {
    return rejection == null ? 0 : rejection.count;
  }

  /** The client took what it was offered of a name. */
  void accept(String name) {
    rejections.remove(name);
  }

  /** What was refused was taken back: the client has what there is, and no reason to wait. */
  void settle(String name, Optional<Resource> present) {
    Optional<Version> held = held(name).map(Content::version);
    if (held.isPresent() && held.equals(present.map(Resource::version))) {
      accept(name);
    }
  }

  /** Nanoseconds until the content that is to be offered later may be. */
  long pauseOf(String name, long now) {
    Rejection rejection = rejections.get(name);
    return rejection == null ? 0 : Math.max(0, rejection.until - now);
  }

  /** Forgets the names that are not subscribed any more, but not what was refused of them. */
  void retain() {
    exceptions.keySet().removeIf(name -> !subscription.covers(name));
    asked.removeIf(name -> !subscription.covers(name));
  }

  boolean asks(String name) {
    return asked.contains(name);
  }

  /** The last refused version of each name that was not accepted since. */
  Map<String, Version> rejected() {
    Map<String, Version> versions = new LinkedHashMap<>();
    rejections.forEach((name, rejection) -> versions.put(name, rejection.version));
    return versions;
  }
}
