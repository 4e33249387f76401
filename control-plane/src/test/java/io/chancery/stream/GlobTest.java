package io.chancery.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"*", "a/*", "xdstp://td/T/a", "xdstp://td/T/a*", "xdstp:", "", "xdstp://td/T/*a"})
  void otherNamesStandForThemselves(String name) {
    assertThat(Glob.of(name)).isEmpty();
  }

  @Test
  void standsForWhatIsInTheCollection() {
    Glob glob = Glob.of("xdstp://td/T/shop/*").orElseThrow();
    assertThat(glob.matches("xdstp://td/T/shop/a")).isTrue();
    assertThat(glob.matches("xdstp://td/T/shop/a/b")).isTrue();
    assertThat(glob.matches("xdstp://td/T/shop/")).isFalse();
    assertThat(glob.matches("xdstp://td/T/shops/a")).isFalse();
    assertThat(glob.matches("xdstp://td/T/shop/a?zone=b")).isFalse();
  }

  @Test
  void demandsItsParameters() {
    Glob glob = Glob.of("xdstp://td/T/shop/*?zone=b").orElseThrow();
    assertThat(glob.matches("xdstp://td/T/shop/a?zone=b")).isTrue();
    assertThat(glob.matches("xdstp://td/T/shop/a?zone=c")).isFalse();
    assertThat(glob.matches("xdstp://td/T/shop/a")).isFalse();
  }
}
