package io.chancery.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeparturesTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long START = Long.MAX_VALUE - 3 * SECOND; // Clocks of the JVM may overflow.

  private final Departures departures = new Departures(10, 10_000);

  @Test
  void aFewMayGoAtOnceWhateverTheirShare() {
    assertThat(departures.allow(Departures.ALWAYS, 6, START)).isTrue();
    assertThat(departures.allow(1, 1, START)).isFalse();
  }

  @Test
  void aShareMayGoInOneStepAndNoMore() {
    for (int i = 0; i < 10; i++) {
      assertThat(departures.allow(10, 1_000 - 10 * i, START)).isTrue();
    }
    assertThat(departures.allow(1, 900, START + SECOND)).isFalse();
  }

  @Test
  void afterAPauseItIsAnotherStep() {
    assertThat(departures.allow(5, 20, START)).isTrue();
    assertThat(departures.allow(5, 15, START + 2 * SECOND)).isTrue();
  }

  @Test
  void whatIsHeldWaitsForAListThatIsLateEnough() {
    departures.hold(START);
    assertThat(departures.allow(1, 1_000, START + 2 * SECOND)).isFalse();
    assertThat(departures.canConfirm(START + 9 * SECOND)).isFalse();
    assertThat(departures.untilConfirm(START + 9 * SECOND)).isEqualTo(SECOND);
    assertThat(departures.canConfirm(START + 10 * SECOND)).isTrue();
    departures.confirmed();
    assertThat(departures.isHeld()).isFalse();
    assertThat(departures.allow(1, 1_000, START + 10 * SECOND)).isTrue();
  }

  @Test
  void aKindThatWasGoneIsBelievedLater() {
    departures.lost(START);
    departures.hold(START); // The first list of the kind that is back lacks what went.
    assertThat(departures.canConfirm(START + 59 * SECOND)).isFalse();
    assertThat(departures.canConfirm(START + 60 * SECOND)).isTrue();
  }

  @Test
  void nothingThatIsNotHeldCanBeConfirmed() {
    assertThat(departures.canConfirm(START)).isFalse();
    assertThat(departures.untilConfirm(START)).isEqualTo(Long.MAX_VALUE);
  }
}
