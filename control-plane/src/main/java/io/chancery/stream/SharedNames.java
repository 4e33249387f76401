package io.chancery.stream;

import com.google.common.collect.MapMaker;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The sets of names that streams are subscribed to, each only once; xds.md S3. A set that no stream
 * is subscribed to any more goes. Used by any thread.
 */
final class SharedNames {
  /** Two sets with equal sums and other names are possible: then one of them is not shared. */
  private final Map<Names.Sums, Names> bySums = new MapMaker().weakValues().makeMap();

  /**
   * The set of these names.
   *
   * @param canonical the instance of a name that is to be kept
   */
  Names of(Set<String> names, UnaryOperator<String> canonical) {
    if (names.isEmpty()) {
      return Names.NONE;
    }
    Names known = bySums.get(Names.Sums.of(names));
    if (known != null && known.size() == names.size() && known.containsAll(names)) {
      return known;
    }
    Set<String> kept = LinkedHashSet.newLinkedHashSet(names.size());
    names.forEach(name -> kept.add(canonical.apply(name)));
    return share(Names.of(kept));
  }

  /**
   * The set with these changes; found, not made, if another stream made the same of the same set.
   *
   * @param add distinct names that are not in the set
   * @param remove distinct names that are in the set
   * @param canonical the instance of a name that is to be kept
   */
  Names change(Names from, List<String> add, List<String> remove, UnaryOperator<String> canonical) {
    if (add.isEmpty() && remove.isEmpty()) {
      return from;
    }
    if (from.isEmpty()) {
      return of(new LinkedHashSet<>(add), canonical);
    }
    @Nullable Names known = from.known(add, remove);
    if (known != null) {
      return known;
    }
    Names next = share(from.with(add, remove, canonical));
    from.became(next, add, remove);
    return next;
  }

  private Names share(Names made) {
    if (made.isEmpty()) {
      return Names.NONE;
    }
    Names known = bySums.putIfAbsent(made.sums(), made);
    return known != null && known.equals(made) ? known : made;
  }
}
