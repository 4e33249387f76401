package io.chancery.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.xds.Bisection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A bound for the number of offers, and nothing that is good is blamed; xds.md N5. */
class BisectionTest {

  @Property
  void findsExactlyTheCulpritsInFewOffers(
      @ForAll @IntRange(min = 2, max = 200) int size,
      @ForAll @IntRange(min = 1, max = 5) int bad,
      @ForAll long seed) {
    Random random = new Random(seed);
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < size; i++) {
      names.add("n" + i);
    }
    Set<String> culprits = new HashSet<>();
    for (int i = 0; i < bad; i++) {
      culprits.add("n" + random.nextInt(size));
    }
    Bisection<String> bisection = new Bisection<>();
    bisection.refused(names, Set.of());
    Set<String> left = new LinkedHashSet<>(names);
    Set<String> found = new HashSet<>();
    int offers = 0;
    for (Set<String> next = bisection.next(left); !next.isEmpty(); next = bisection.next(left)) {
      offers++;
      if (Collections.disjoint(next, culprits)) {
        bisection.accepted(next);
        left.removeAll(next);
      } else {
        Set<String> known = next.size() == 1 ? next : Set.of();
        bisection.refused(next, known);
        left.removeAll(known);
        found.addAll(known);
      }
    }
    assertThat(found).isEqualTo(culprits);
    assertThat(left).isEmpty();
    int rounds = 32 - Integer.numberOfLeadingZeros(size - 1) + 1; // ⌈log₂ n⌉ + 1
    // One more for each: what was not looked at is offered as a whole.
    assertThat(offers).isLessThanOrEqualTo(culprits.size() * (rounds + 1));
  }
}
