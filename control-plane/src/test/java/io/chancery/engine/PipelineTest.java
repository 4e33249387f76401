package io.chancery.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.chancery.engine.Table.Derived;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Cost, cut-off and failures, on three small tables: articles, taxes by country, and prices. */
class PipelineTest {
  private static final String BAD_TAX = "unknown";

  private record Article(String country, int net) {}

  private final Table.Source<String, Article> articles = new Table.Source<>("articles");
  private final Table.Source<String, String> taxes = new Table.Source<>("taxes");
  private final Derived<String, Integer> prices = Derived.perRow("prices", articles, this::price);
  private final Index<Integer, String, Integer> byPrice = prices.indexBy(price -> Set.of(price));
  private final Derived<Integer, Integer> counts =
      Derived.perGroup("counts", byPrice, (price, reads) -> reads.group(byPrice, price).size());
  private final Pipeline pipeline = new Pipeline(List.of(articles, taxes, prices, counts));

  @Test
  void aChangeRunsTheRowsThatReadItAndNoOthers() {
    write(article("apple", "AT", 100), article("bread", "AT", 100), article("cider", "BE", 100));
    write(tax("AT", "10"), tax("BE", "20"));
    assertThat(prices.rows())
        .containsExactlyInAnyOrderEntriesOf(Map.of("apple", 110, "bread", 110, "cider", 120));

    Outcome outcome = write(tax("BE", "30"));

    assertThat(outcome.recomputed()).containsExactly(entry("prices", 1), entry("counts", 2));
    assertThat(outcome.totalRecomputed()).isEqualTo(3);
    assertThat(counts.rows()).isEqualTo(Map.of(110, 2, 130, 1));
  }

  @Test
  void aRowThatComesOutEqualStopsTheChange() {
    write(article("apple", "AT", 100), tax("AT", "10"));

    // Another row of the source, another tax, and the same price.
    Outcome outcome = write(article("apple", "BE", 105), tax("BE", "5"));

    assertThat(prices.rows()).containsExactly(entry("apple", 110));
    assertThat(outcome.recomputed()).containsExactly(entry("prices", 1));
  }

  @Test
  void absenceIsReadToo() {
    write(article("apple", "AT", 100));
    assertThat(prices.rows()).containsExactly(entry("apple", 100));

    write(tax("AT", "10"));

    assertThat(prices.rows()).containsExactly(entry("apple", 110));
  }

  @Test
  void aRuleThatThrowsHarmsItsRowOnly() {
    write(article("apple", "AT", 100), article("bread", "BE", 100), tax("AT", "10"));

    Outcome outcome = write(tax("AT", BAD_TAX), tax("BE", "20"));

    assertThat(outcome.failures())
        .singleElement()
        .satisfies(failure -> {
          assertThat(failure.table()).isEqualTo("prices");
          assertThat(failure.key()).isEqualTo("apple");
          assertThat(failure.cause()).isInstanceOf(NumberFormatException.class);
        });
    assertThat(prices.rows()).isEqualTo(Map.of("apple", 110, "bread", 120));
  }

  @Test
  void aFailedRowHealsWhenWhatItReadChanges() {
    write(article("apple", "AT", 100), tax("AT", BAD_TAX));
    assertThat(prices.rows()).isEmpty();

    Outcome outcome = write(tax("AT", "20"));

    assertThat(outcome.failures()).isEmpty();
    assertThat(prices.rows()).containsExactly(entry("apple", 120));
  }

  @Test
  void aFailedRowGoesWithItsKey() {
    write(article("apple", "AT", 100), tax("AT", "10"));
    write(tax("AT", BAD_TAX));

    write(new Write<>(articles, "apple", null), new Write<>(taxes, "AT", null));

    assertThat(prices.rows()).isEmpty();
    assertThat(List.of(articles, taxes, prices, counts)).allMatch(Table::holdsNothing);
  }

  @Test
  void aRuleReadsEarlierTablesOnly() {
    AtomicReference<@Nullable Table<String, Integer>> later = new AtomicReference<>();
    Derived<String, Integer> early =
        Derived.perRow("early", articles, (key, reads) -> reads.find(later(later), key).orElse(0));
    later.set(Derived.perRow("late", articles, (_, _) -> 1));

    Outcome outcome =
        new Pipeline(List.of(articles, early, later(later)))
            .apply(List.of(article("apple", "AT", 100)), () -> {});

    assertThat(outcome.failures())
        .singleElement()
        .satisfies(
            failure -> assertThat(failure.cause()).hasMessage("late is not an earlier table"));
    assertThat(early.rows()).isEmpty();
  }

  @Test
  void aRuleCannotReadItsOwnTable() {
    AtomicReference<@Nullable Table<String, Integer>> own = new AtomicReference<>();
    own.set(Derived.perRow("own", articles, (key, reads) -> reads.find(later(own), key).orElse(0)));

    Outcome outcome =
        new Pipeline(List.of(articles, later(own)))
            .apply(List.of(article("apple", "AT", 100)), () -> {});

    assertThat(outcome.failures())
        .singleElement()
        .satisfies(
            failure -> assertThat(failure.cause()).hasMessage("own is not an earlier table"));
  }

  @Test
  void changedRowsAreShownOnceAndForgotten() {
    pipeline.apply(
        List.of(article("apple", "AT", 100)),
        () -> assertThat(prices.changed()).containsExactly("apple"));

    assertThat(prices.changed()).isEmpty();
  }

  private Integer price(String name, Reads reads) {
    Article article = reads.get(articles, name);
    return article.net() + reads.find(taxes, article.country()).map(Integer::valueOf).orElse(0);
  }

  private Outcome write(Write<?, ?>... writes) {
    return pipeline.apply(List.of(writes), () -> {});
  }

  private Write<String, Article> article(String name, String country, int net) {
    return new Write<>(articles, name, new Article(country, net));
  }

  private Write<String, String> tax(String country, String amount) {
    return new Write<>(taxes, country, amount);
  }

  private static Table<String, Integer> later(
      AtomicReference<@Nullable Table<String, Integer>> reference) {
    return Objects.requireNonNull(reference.get());
  }
}
