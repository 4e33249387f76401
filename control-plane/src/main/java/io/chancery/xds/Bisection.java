package io.chancery.xds;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds out which of several refused names are at fault, where the error does not tell: halves are
 * offered one after the other, and a half that is taken leaves the other one guilty. So a culprit
 * among n costs at most ⌈log₂ n⌉ + 1 offers; xds.md N5.
 *
 * @param <T> how what is offered is named
 */
public final class Bisection<T> {
  /** At least one of these is at fault. */
  private Set<T> guilty = Set.of();

  /** Any of these may be at fault, or none. */
  private Set<T> unknown = Set.of();

  /** Whether a name may be at fault, and so is not to be offered among others. */
  public boolean suspects(T name) {
    return guilty.contains(name) || unknown.contains(name);
  }

  /** How many names may be at fault. */
  public int size() {
    return guilty.size() + unknown.size();
  }

  /** The names to offer next, and nothing else with them; empty: no name is suspected. */
  public Set<T> next(Set<T> available) {
    List<T> left = guilty.stream().filter(available::contains).toList();
    if (!left.isEmpty()) {
      return new LinkedHashSet<>(left.subList(0, Math.max(1, left.size() / 2)));
    }
    Set<T> rest = new LinkedHashSet<>(unknown);
    rest.retainAll(available);
    return rest;
  }

  /** The client took these names: they are not at fault, so others are. */
  public void accepted(Set<T> names) {
    guilty = without(guilty, names);
    unknown = without(unknown, names);
  }

  /**
   * The client refused an offer.
   *
   * @param offered the names in it
   * @param culprits those that are known to be at fault; empty: some of the offered are
   */
  public void refused(Set<T> offered, Set<T> culprits) {
    Set<T> doubtful = new LinkedHashSet<>(unknown);
    doubtful.addAll(guilty);
    doubtful.addAll(offered);
    guilty = culprits.isEmpty() ? new LinkedHashSet<>(offered) : Set.of();
    unknown = without(without(doubtful, guilty), culprits);
  }

  /** There is other content of this name, or it is gone. */
  public void forget(T name) {
    accepted(Set.of(name));
  }

  /** Where nothing is suspected, which is nearly always, nothing is made. */
  private Set<T> without(Set<T> names, Set<T> removed) {
    if (names.isEmpty()) {
      return names;
    }
    Set<T> left = new LinkedHashSet<>(names);
    left.removeAll(removed);
    return left;
  }
}
