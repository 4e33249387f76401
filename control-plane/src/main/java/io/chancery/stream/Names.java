package io.chancery.stream;

import java.lang.ref.WeakReference;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePSet;
import org.pcollections.MapPSet;

/**
 * An immutable set of names, which streams that subscribe to the same share; xds.md S3. One that
 * differs by a few names shares the others with the set that it was made from. Used by any thread.
 */
final class Names extends AbstractSet<String> {
  /** Few differences are not worth a set of their own, of which every name has to be copied. */
  private static final int FEW = 16;

  private static final int SHARE = 8;

  static final Names NONE = of(Set.of());

  private final Set<String> base;
  private final MapPSet<String> added;
  private final MapPSet<String> removed;
  private final Sums sums;
  private final List<Glob> globs;

  /**
   * What this set last became. When a fleet gets something new, all its streams go the same way.
   */
  private volatile @Nullable Step last;

  /**
   * What differs between two sets nearly always, and follows from what changes.
   *
   * @param hash depends on all names, in no order
   * @param length how many characters all names have
   */
  record Sums(long hash, long length, int size) {
    static Sums of(Set<String> names) {
      return new Sums(0, 0, 0).with(names, 1);
    }

    private Sums with(Collection<String> names, int sign) {
      long nextHash = hash;
      long nextLength = length;
      for (String name : names) {
        nextHash += sign * spread(name.hashCode() + ((long) name.length() << 32));
        nextLength += (long) sign * name.length();
      }
      return new Sums(nextHash, nextLength, size + sign * names.size());
    }

    /** The finalizer of MurmurHash3: sums of hashes of similar names would often be equal. */
    private static long spread(long hash) {
      long high = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
      long low = (high ^ (high >>> 33)) * 0xc4ceb9fe1a85ec53L;
      return low ^ (low >>> 33);
    }
  }

  /** Held weakly: a stream that lags behind must not keep all that the others had since. */
  private record Step(List<String> add, List<String> remove, WeakReference<Names> to) {}

  private Names(
      Set<String> base,
      MapPSet<String> added,
      MapPSet<String> removed,
      Sums sums,
      List<Glob> globs) {
    this.base = base;
    this.added = added;
    this.removed = removed;
    this.sums = sums;
    this.globs = globs;
  }

  /** Keeps the set, which must not change any more. */
  static Names of(Set<String> names) {
    List<Glob> globs = names.stream().flatMap(name -> Glob.of(name).stream()).toList();
    return new Names(names, HashTreePSet.empty(), HashTreePSet.empty(), Sums.of(names), globs);
  }

  /**
   * The next set.
   *
   * @param add distinct names that are not in this one
   * @param remove distinct names that are in this one
   * @param canonical the instance of a name that is to be kept
   */
  Names with(List<String> add, List<String> remove, UnaryOperator<String> canonical) {
    MapPSet<String> more = added;
    MapPSet<String> less = removed;
    for (String name : remove) {
      less = base.contains(name) ? less.plus(name) : less;
      more = more.minus(name);
    }
    for (String name : add) {
      more = base.contains(name) ? more : more.plus(canonical.apply(name));
      less = less.minus(name);
    }
    Sums after = sums.with(add, 1).with(remove, -1);
    Names next = new Names(base, more, less, after, globs(add, remove));
    return more.size() + less.size() > Math.max(FEW, base.size() / SHARE) ? next.flat() : next;
  }

  private Names flat() {
    return new Names(
        new LinkedHashSet<>(this), HashTreePSet.empty(), HashTreePSet.empty(), sums, globs);
  }

  private List<Glob> globs(List<String> add, List<String> remove) {
    List<Glob> more = add.stream().flatMap(name -> Glob.of(name).stream()).toList();
    List<Glob> less = remove.stream().flatMap(name -> Glob.of(name).stream()).toList();
    if (more.isEmpty() && less.isEmpty()) {
      return globs;
    }
    List<Glob> all = new ArrayList<>(globs);
    all.removeAll(less);
    all.addAll(more);
    return List.copyOf(all);
  }

  /** What this set became when just this was last changed of it, if that is still used. */
  @Nullable Names known(List<String> add, List<String> remove) {
    Step step = last;
    return step != null && step.add.equals(add) && step.remove.equals(remove)
        ? step.to.get()
        : null;
  }

  /** Has those who change the same find what came of it. */
  void became(Names next, List<String> add, List<String> remove) {
    last = new Step(add, remove, new WeakReference<>(next));
  }

  Sums sums() {
    return sums;
  }

  List<Glob> globs() {
    return globs;
  }

  @Override
  public boolean contains(Object name) {
    return base.contains(name)
        ? removed.isEmpty() || !removed.contains(name)
        : added.contains(name);
  }

  @Override
  public Iterator<String> iterator() {
    return removed.isEmpty() && added.isEmpty()
        ? base.iterator()
        : Stream.concat(base.stream().filter(name -> !removed.contains(name)), added.stream())
            .iterator();
  }

  @Override
  public int size() {
    return sums.size;
  }

  /** Cheap for sets that were made from the same one. */
  @Override
  @SuppressWarnings("ReferenceEquality") // If they are not the same, they are compared.
  public boolean equals(@Nullable Object other) {
    if (other instanceof Names that) {
      return sums.equals(that.sums)
          && ((base == that.base && added.equals(that.added) && removed.equals(that.removed))
              || containsAll(that));
    }
    return super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
