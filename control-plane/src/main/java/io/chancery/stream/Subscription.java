package io.chancery.stream;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What a stream asks for of one type; xds.md P7. */
final class Subscription {
  /**
   * Asks for all resources; "xDS transport protocol", "How the client specifies what to return".
   */
  private static final String ALL = "*";

  private final boolean wildcardAllowed;
  private final SharedNames shared;
  private Names names = Names.NONE;
  private boolean wildcard;
  private boolean named;
  private boolean opened;

  Subscription(boolean wildcardAllowed, SharedNames shared) {
    this.wildcardAllowed = wildcardAllowed;
    this.shared = shared;
  }

  /**
   * What a request asked for.
   *
   * @param wildcard all resources are asked for, and were not before
   * @param asked names to be answered, even if they were subscribed before
   * @param added those of them that were not subscribed before
   * @param gone names that may be held and are not covered any more
   */
  record Change(boolean wildcard, Set<String> asked, List<String> added, boolean gone) {}

  /**
   * Takes the lists of one request of the incremental form.
   *
   * @param canonical the instance of a name that is to be kept
   */
  Change change(List<String> subscribe, List<String> unsubscribe, UnaryOperator<String> canonical) {
    boolean before = wildcard;
    boolean legacy = !opened && subscribe.isEmpty(); // Nothing was ever named: all are meant.
    opened = true;
    if (wildcardAllowed && (legacy || subscribe.contains(ALL))) {
      wildcard = true;
    }
    Set<String> asked = new LinkedHashSet<>(subscribe);
    asked.remove(ALL);
    List<String> fresh = without(asked, names);
    Set<String> leaving = new LinkedHashSet<>(unsubscribe);
    boolean all = leaving.remove(ALL) && wildcard;
    wildcard &= !all;
    leaving.removeIf(name -> !names.contains(name) && !asked.contains(name));
    names =
        shared.change(
            names,
            leaving.isEmpty() ? fresh : without(fresh, leaving),
            leaving.stream().filter(names::contains).toList(),
            canonical);
    if (wildcard) {
      asked.addAll(leaving); // A name that the wildcard still covers is answered; xds.md P10.
    } else {
      asked.removeAll(leaving);
    }
    boolean gone = all || !leaving.isEmpty();
    return new Change(wildcard && !before, asked, before ? List.of() : fresh, gone);
  }

  /**
   * Takes the list of one request of the state-of-the-world form: all that is wanted from now on.
   *
   * @param canonical the instance of a name that is to be kept
   */
  Change replace(List<String> wanted, UnaryOperator<String> canonical) {
    boolean before = wildcard;
    named |= !wanted.isEmpty();
    wildcard = wildcardAllowed && (wanted.contains(ALL) || !named);
    opened = true;
    Set<String> next = new LinkedHashSet<>(wanted);
    next.remove(ALL);
    List<String> fresh = without(next, names);
    boolean same = fresh.isEmpty() && next.size() == names.size();
    boolean gone = (before && !wildcard) || next.size() - fresh.size() < names.size();
    names = same ? names : shared.of(next, canonical);
    return new Change(
        wildcard && !before, new LinkedHashSet<>(fresh), before ? List.of() : fresh, gone);
  }

  private static List<String> without(Collection<String> some, Set<String> others) {
    return some.stream().filter(name -> !others.contains(name)).toList();
  }

  boolean covers(String name) {
    return wildcard
        || names.contains(name)
        || (!names.globs().isEmpty()
            && names.globs().stream().anyMatch(glob -> glob.matches(name)));
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
    if (names.globs().isEmpty()) {
      return names;
    }
    Set<String> covered = new HashSet<>(names);
    all.stream().filter(this::covers).forEach(covered::add);
    return covered;
  }

  /** How many characters all names have. */
  long length() {
    return names.sums().length();
  }

  boolean wildcard() {
    return wildcard;
  }

  /** Whether there was a request of this type. */
  boolean opened() {
    return opened;
  }
}
