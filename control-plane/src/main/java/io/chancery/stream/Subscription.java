package io.chancery.stream;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a client wants of one type: names, or everything. Everything is {@code *}, or an empty
 * subscription as long as nothing was ever named (xds.md P7).
 */
final class Subscription {
  private static final String WILDCARD = "*";

  private final boolean wildcardAllowed;
  private final Set<String> names = new HashSet<>();
  private boolean wildcard;
  private boolean started;

  Subscription(boolean wildcardAllowed) {
    this.wildcardAllowed = wildcardAllowed;
  }

  /**
   * Takes the changes of one request; returns whether this is where the client starts to want
   * everything.
   */
  boolean change(List<String> subscribe, List<String> unsubscribe) {
    boolean before = wildcard;
    if (!started && subscribe.isEmpty()) {
      wildcard = wildcardAllowed;
    }
    started = true;
    for (String name : subscribe) {
      if (name.equals(WILDCARD)) {
        wildcard = wildcardAllowed;
      } else {
        names.add(name);
      }
    }
    for (String name : unsubscribe) {
      if (name.equals(WILDCARD)) {
        wildcard = false;
      } else {
        names.remove(name);
      }
    }
    return wildcard && !before;
  }

  boolean isWildcard() {
    return wildcard;
  }

  boolean wants(String name) {
    return wildcard || names.contains(name);
  }
}
