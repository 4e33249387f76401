package io.chancery.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XdsAddressTest {
  @ParameterizedTest
  @CsvSource({
    "xds.example:18000,false",
    "localhost:1,false",
    "127.0.0.1:65535,true",
    "[::1]:18000,true"
  })
  void readsWhatItPrints(String text, boolean numeric) {
    XdsAddress address = XdsAddress.parse(text);
    assertThat(address).hasToString(text);
    assertThat(address.isNumeric()).isEqualTo(numeric);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "xds.example", ":18000", "::1:18000", "xds.example:", "xds.example:http"})
  void namesTheTextThatIsNoAddress(String text) {
    assertThatThrownBy(() -> XdsAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65_536})
  void refusesPortsThatDoNotExist(int port) {
    assertThatThrownBy(() -> new XdsAddress("localhost", port))
        .hasMessageContaining(Integer.toString(port));
  }

  @Test
  void refusesHostsThatDoNotExist() {
    assertThatThrownBy(() -> new XdsAddress("a b", 1)).hasMessageContaining("a b");
    assertThatThrownBy(() -> new XdsAddress("[::1]", 1)).hasMessageContaining("[::1]");
  }
}
