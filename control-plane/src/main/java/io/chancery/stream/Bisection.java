package io.chancery.stream;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds out which of several refused names are at fault, where the error does not tell: halves are
 * offered one after the other, and a half that is taken leaves the other one guilty. So a culprit
 * among n costs at most ⌈log₂ n⌉ + 1 offers; xds.md N5.
 */
final class Bisection {
  /** At least one of these is at fault. */
  private Set<String> guilty = Set.of();

  /** Any of these may be at fault, or none. */
  private final Set<String> unknown = new LinkedHashSet<>();

  /** Whether a name may be at fault, and so is not to be offered among others. */
  boolean suspects(String name) {
    return guilty.contains(name) || unknown.contains(name);
  }

  /** How many names may be at fault. */
  int size() {
    return guilty.size() + unknown.size();
  }

  /** The names to offer next, and nothing else with them; empty: no name is suspected. */
  Set<String> next(Set<String> available) {
    List<String> left = guilty.stream().filter(available::contains).toList();
    if (!left.isEmpty()) {
      return new LinkedHashSet<>(left.subList(0, Math.max(1, left.size() / 2)));
    }
    Set<String> rest = new LinkedHashSet<>(unknown);
    rest.retainAll(available);
    return rest;
  }

  /** The client took these names: they are not at fault, so others are. */
  void accepted(Set<String> names) {
    unknown.removeAll(names);
    guilty = without(guilty, names);
  }

  /**
   * The client refused an offer.
   *
   * @param offered the names in it
   * @param culprits those that are known to be at fault; empty: some of the offered are
   */
  void refused(Set<String> offered, Set<String> culprits) {
    unknown.addAll(guilty);
    unknown.addAll(offered);
    guilty = culprits.isEmpty() ? new LinkedHashSet<>(offered) : Set.of();
    unknown.removeAll(guilty);
    unknown.removeAll(culprits);
  }

  /** There is other content of this name, or it is gone. */
  void forget(String name) {
    accepted(Set.of(name));
  }

  private static Set<String> without(Set<String> names, Set<String> removed) {
    Set<String> left = new LinkedHashSet<>(names);
    left.removeAll(removed);
    return left;
  }
}
