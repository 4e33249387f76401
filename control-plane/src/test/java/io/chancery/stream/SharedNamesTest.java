package io.chancery.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Streams that subscribe to the same have one set of names; xds.md S3. */
class SharedNamesTest {
  private final SharedNames shared = new SharedNames();

  private Names change(Names from, List<String> add, List<String> remove) {
    return shared.change(from, add, remove, UnaryOperator.identity());
  }

  private Names of(Set<String> names) {
    return shared.of(names, UnaryOperator.identity());
  }

  @Test
  void equalSetsAreOneHoweverTheyCameAbout() {
    Names all = of(names(0, 100));
    assertThat(of(names(0, 100))).isSameAs(all);
    assertThat(change(of(names(0, 99)), List.of("name-99"), List.of())).isSameAs(all);
    assertThat(change(of(names(0, 101)), List.of(), List.of("name-100"))).isSameAs(all);
    assertThat(change(of(names(1, 101)), List.of("name-0"), List.of("name-100"))).isSameAs(all);
    Names bit = of(names(0, 1));
    for (int i = 1; i < 100; i++) {
      bit = change(bit, List.of("name-" + i), List.of());
    }
    assertThat(bit).isSameAs(all);
  }

  @Test
  void theSameChangeOfTheSameSetIsFoundAndNotMade() {
    List<String> kept = new ArrayList<>();
    UnaryOperator<String> counting =
        name -> {
          kept.add(name);
          return name;
        };
    Names before = of(names(0, 100));
    Names first = shared.change(before, List.of("new"), List.of(), counting);
    Names second = shared.change(before, List.of("new"), List.of(), counting);
    assertThat(second).isSameAs(first);
    assertThat(kept).containsExactly("new");
  }

  @Test
  void otherSetsAreNotTakenForEachOther() {
    assertThat(of(Set.of("c-1", "c-4"))).isNotSameAs(of(Set.of("c-2", "c-3")));
    assertThat(of(Set.of("c-1", "c-4"))).doesNotContain("c-2");
    assertThat(of(Set.of())).isSameAs(Names.NONE);
    assertThat(change(of(Set.of("a")), List.of(), List.of("a"))).isSameAs(Names.NONE);
  }

  @Test
  void aChangedSetIsAsIfItWereMadeAnew() {
    Random random = new Random(1);
    Set<String> model = new HashSet<>();
    Names names = Names.NONE;
    for (int step = 0; step < 500; step++) {
      Set<String> add = some(random);
      add.removeAll(model);
      Set<String> remove = some(random);
      remove.retainAll(model);
      names = change(names, List.copyOf(add), List.copyOf(remove));
      model.addAll(add);
      model.removeAll(remove);
      assertThat(names.size()).isEqualTo(model.size());
      assertThat(new HashSet<>(names)).isEqualTo(model);
      assertThat(model).allMatch(names::contains);
      assertThat(add.isEmpty() || names.containsAll(add)).isTrue();
      assertThat(remove).noneMatch(names::contains);
      assertThat(of(new LinkedHashSet<>(model))).isSameAs(names);
      assertThat(names.sums().length()).isEqualTo(model.stream().mapToLong(String::length).sum());
    }
  }

  @Test
  void keepsTheGlobsAmongThem() {
    String glob = "xdstp://a/t/path/*";
    Names with = change(of(names(0, 3)), List.of(glob), List.of());
    assertThat(with.globs()).containsExactlyElementsOf(Glob.of(glob).stream().toList());
    assertThat(change(with, List.of("b"), List.of()).globs()).hasSize(1);
    assertThat(change(with, List.of(), List.of(glob)).globs()).isEmpty();
  }

  private static Set<String> some(Random random) {
    Set<String> some = new LinkedHashSet<>();
    int count = random.nextInt(8);
    for (int i = 0; i < count; i++) {
      some.add("name-" + random.nextInt(120));
    }
    return some;
  }

  private static Set<String> names(int from, int to) {
    return new LinkedHashSet<>(IntStream.range(from, to).mapToObj(i -> "name-" + i).toList());
  }
}
