package io.chancery.stream;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a stream asks for of one type; xds.md P7. */
final class Subscription {
  /**
   * Asks for all resources; "xDS transport protocol", "How the client specifies what to return".
   */
  private static final String ALL = "*";

  private final boolean wildcardAllowed;
  private Set<String> names = new HashSet<>();
  private List<Glob> globs = List.of();
  private long length;
  private boolean wildcard;
  private boolean named;
  private boolean opened;

  Subscription(boolean wildcardAllowed) {
    this.wildcardAllowed = wildcardAllowed;
  }

  /**
   * What a request asked for.
   *
   * @param wildcard all resources are asked for, and were not before
   * @param asked names to be answered, even if they were subscribed before
   * @param added those of them that were not subscribed before
   * @param gone names that may be held and are not covered any more
   */
  record Change(boolean wildcard, Set<String> asked, Set<String> added, boolean gone) {}

  /** Takes the lists of one request of the incremental form. */
  Change change(List<String> subscribe, List<String> unsubscribe) {
    boolean before = wildcard;
    boolean legacy = !opened && subscribe.isEmpty(); // Nothing was ever named: all are meant.
    opened = true;
    if (wildcardAllowed && (legacy || subscribe.contains(ALL))) {
      wildcard = true;
    }
    Set<String> asked = new LinkedHashSet<>(subscribe);
    asked.remove(ALL);
    Set<String> added = added(asked, before);
    asked.stream().filter(names::add).forEach(name -> length += name.length());
    boolean left = remove(unsubscribe, asked);
    globs = globs();
    return new Change(wildcard && !before, asked, added, left);
  }

  /**
   * Takes the list of one request of the state-of-the-world form: all that is wanted from now on.
   */
  Change replace(List<String> wanted) {
    boolean before = wildcard;
    named |= !wanted.isEmpty();
    wildcard = wildcardAllowed && (wanted.contains(ALL) || !named);
    opened = true;
    Set<String> asked = new LinkedHashSet<>(wanted);
    asked.remove(ALL);
    Set<String> next = new HashSet<>(asked);
    asked.removeAll(names);
    Set<String> added = added(asked, before);
    boolean gone = (before && !wildcard) || !next.containsAll(names);
    names = next;
    globs = globs();
    length = next.stream().mapToLong(String::length).sum();
    return new Change(wildcard && !before, asked, added, gone);
  }

  private List<Glob> globs() {
    return names.stream().map(Glob::of).flatMap(Optional::stream).toList();
  }

  private Set<String> added(Set<String> asked, boolean wildcardBefore) {
    Set<String> added = new HashSet<>();
    if (!wildcardBefore) {
      asked.stream().filter(name -> !names.contains(name)).forEach(added::add);
    }
    return added;
  }

  /** A name that is still covered by the wildcard has to be answered; xds.md P10. */
  private boolean remove(Collection<String> unsubscribe, Set<String> asked) {
    boolean left = false;
    if (unsubscribe.contains(ALL)) {
      left = wildcard;
      wildcard = false;
    }
    for (String name : unsubscribe) {
      if (names.remove(name)) {
        length -= name.length();
        left = true;
        if (wildcard) {
          asked.add(name);
        } else {
          asked.remove(name);
        }
      }
    }
    return left;
  }

  boolean covers(String name) {
    return wildcard
        || names.contains(name)
        || (!globs.isEmpty() && globs.stream().anyMatch(glob -> glob.matches(name)));
  }

  /** Names that are subscribed beside the wildcard, globs among them. */
  Set<String> names() {
    return names;
  }

  /** Those of the names that are covered, and all names that are subscribed one by one. */
  Set<String> among(Set<String> all) {
    if (wildcard) {
      return all;
    }
    if (globs.isEmpty()) {
      return names;
    }
    Set<String> covered = new HashSet<>(names);
    all.stream().filter(this::covers).forEach(covered::add);
    return covered;
  }

  /** How many characters all names have. */
  long length() {
    return length;
  }

  boolean wildcard() {
    return wildcard;
  }

  /** Whether there was a request of this type. */
  boolean opened() {
    return opened;
  }
}
