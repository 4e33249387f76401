package io.chancery.stream;

import io.chancery.xds.Resource;
import io.chancery.xds.Version;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What a client holds of one type, what it refused, and which names it waits to be answered. */
final class ClientView {
  private final Map<String, Version> held = new HashMap<>();
  private final Map<String, Version> rejected = new HashMap<>();
  private final Set<String> asked = new HashSet<>();

  /** What is to be done about one name. */
  enum Need {
    NOTHING,
    OFFER,
    /** Say that there is no such resource, to a client that holds none; xds.md P11. */
    ABSENT,
    /** Take away what the client holds; xds.md P10. */
    REMOVE
  }

  Need need(String name, Optional<Resource> present) {
    boolean holds = held.containsKey(name);
    if (present.isEmpty()) {
      return holds ? Need.REMOVE : asked.contains(name) ? Need.ABSENT : Need.NOTHING;
    }
    Version version = present.get().version();
    if (version.equals(rejected.get(name))) {
      return !holds && asked.contains(name) ? Need.ABSENT : Need.NOTHING;
    }
    boolean current = version.equals(held.get(name)) && !asked.contains(name);
    return current ? Need.NOTHING : Need.OFFER;
  }

  /** The client says that it holds this from an earlier stream; xds.md P12. */
  void claims(String name, Version version) {
    held.put(name, version);
  }

  /** The name has to be answered, changed or not; xds.md P6. */
  void ask(String name) {
    asked.add(name);
  }

  /** The response with this name is on its way; until refused, it counts as held. */
  Offer.Item offered(String name, Optional<Resource> resource, long since) {
    asked.remove(name);
    Optional<Version> before = Optional.ofNullable(held.remove(name));
    resource.ifPresent(present -> {
      rejected.remove(name);
      held.put(name, present.version());
    });
    return new Offer.Item(resource, before, since);
  }

  /** The client goes on with what it held before the offer. */
  void undo(String name, Offer.Item item) {
    held.remove(name);
    item.before().ifPresent(version -> held.put(name, version));
  }

  /** This content is not offered again; xds.md N1. */
  void reject(String name, Version version) {
    rejected.put(name, version);
  }

  /** Forgets the names that are not subscribed any more, but not what was refused of them. */
  void retain(Predicate<String> covered) {
    held.keySet().removeIf(covered.negate());
    asked.removeIf(covered.negate());
  }

  boolean asks(String name) {
    return asked.contains(name);
  }

  boolean holds(String name) {
    return held.containsKey(name);
  }

  Set<String> heldNames() {
    return held.keySet();
  }

  Map<String, Version> rejected() {
    return rejected;
  }
}
