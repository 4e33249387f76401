package io.chancery.stream;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a stream asks for of one type; xds.md P7. */
final class Subscription {
  /**
   * Asks for all resources; "xDS transport protocol", "How the client specifies what to return".
   */
  private static final String ALL = "*";

  private final boolean wildcardAllowed;
  private final Set<String> names = new HashSet<>();
  private boolean wildcard;
  private boolean opened;

  Subscription(boolean wildcardAllowed) {
    this.wildcardAllowed = wildcardAllowed;
  }

  /**
   * What a request asked for.
   *
   * @param wildcard all resources are asked for, and were not before
   * @param named names to be answered, even if they were subscribed before
   * @param gone names that may be held and are not covered any more
   */
  record Change(boolean wildcard, Set<String> named, boolean gone) {}

  /** Takes the lists of one request. */
  Change change(List<String> subscribe, List<String> unsubscribe) {
    boolean before = wildcard;
    boolean legacy = !opened && subscribe.isEmpty(); // Nothing was ever named: all are meant.
    opened = true;
    if (wildcardAllowed && (legacy || subscribe.contains(ALL))) {
      wildcard = true;
    }
    Set<String> named = new LinkedHashSet<>(subscribe);
    named.remove(ALL);
    names.addAll(named);
    boolean left = remove(unsubscribe, named);
    return new Change(wildcard && !before, named, left);
  }

  /** A name that is still covered by the wildcard has to be answered; xds.md P10. */
  private boolean remove(Collection<String> unsubscribe, Set<String> named) {
    boolean left = false;
    if (unsubscribe.contains(ALL)) {
      left = wildcard;
      wildcard = false;
    }
    for (String name : unsubscribe) {
      if (names.remove(name)) {
        left = true;
        if (wildcard) {
          named.add(name);
        } else {
          named.remove(name);
        }
      }
    }
    return left;
  }

  boolean covers(String name) {
    return wildcard || names.contains(name);
  }

  boolean wildcard() {
    return wildcard;
  }

  /** Whether there was a request of this type. */
  boolean opened() {
    return opened;
  }
}
