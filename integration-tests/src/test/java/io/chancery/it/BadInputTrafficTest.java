package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.cli.Chancery;
import io.chancery.it.BadInputs.BadInput;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is bad harms nothing else, and is reported in one line. */
class BadInputTrafficTest {
  private static Upstream orders;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    orders = new Upstream("orders");
    gateway =
        new RunningGateway(RunningGateway.GATEWAY, BadInputs.GOOD, orders.asService("orders"));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    orders.close();
  }

  static List<BadInput> inputs() {
    return BadInputs.all();
  }

  @Test
  void thereAreEnough() {
    assertThat(inputs()).hasSizeGreaterThanOrEqualTo(25);
  }

  /** {@code check} says in one line what is wrong; all the while, the other route serves. */
  @ParameterizedTest
  @MethodSource("inputs")
  void givesOneLineAndHarmsNothingElse(BadInput input) {
    assertThat(gateway.get("a.example", "/good").status()).isEqualTo(200);
    assertThat(gateway.problems()).isEmpty();
    input.writeTo(gateway, "bad.yaml");
    try {
      assertThat(check()).containsExactly(gateway.withPorts(input.line()));
      Awaitility.await().until(() -> !gateway.problems().isEmpty());
      gateway.awaitSettled();
      assertThat(gateway.get("a.example", "/good").status()).isEqualTo(200);
      gateway.assertNothingRefused();
    } finally {
      gateway.delete("bad.yaml");
      Awaitility.await().until(() -> gateway.problems().isEmpty());
    }
  }

  private static List<String> check() {
    StringWriter out = new StringWriter();
    int exit =
        Chancery.commandLine()
            .setOut(new PrintWriter(out))
            .execute("check", gateway.files().toString());
    assertThat(exit).isEqualTo(1);
    return out.toString().lines().map(line -> line.replace(gateway.files() + "/", "")).toList();
  }
}
