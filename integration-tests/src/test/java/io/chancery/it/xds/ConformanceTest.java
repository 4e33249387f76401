package io.chancery.it.xds;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.chancery.it.xds.Rule.Scenario;
import io.chancery.it.xds.ServerUnderTest.Deviation;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Asks one rule of every server, over every variant that it serves. What is known to fail has to
 * fail, so that a change of it is seen.
 */
abstract class ConformanceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Where nothing is expected to come, it is not waited for so long. */
  private static final Duration IMPATIENCE = Duration.ofSeconds(1);

  /** The rule, and its scenarios in the order of the report. */
  abstract Rule rule();

  /** The tests mostly wait, so they do it side by side. */
  @TestFactory
  @Execution(ExecutionMode.CONCURRENT)
  Stream<DynamicTest> conforms() {
    return Servers.ALL.stream()
        .flatMap(server -> rule().scenarios().stream().flatMap(it -> tests(server, it)));
  }

  private Stream<DynamicTest> tests(Supplier<ServerUnderTest> maker, Scenario scenario) {
    ServerUnderTest server = maker.get();
    return Variant.ALL.stream()
        .filter(variant -> scenario.variants().contains(variant))
        .filter(variant -> server.variants().contains(variant))
        .map(variant -> test(maker, scenario, variant));
  }

  private DynamicTest test(Supplier<ServerUnderTest> maker, Scenario scenario, Variant variant) {
    ServerUnderTest server = maker.get();
    String id = rule().test(scenario, variant);
    return dynamicTest(
        server.name() + " " + id,
        () -> {
          if (server.deviations().stream().flatMap(Deviation::tests).anyMatch(id::equals)) {
            fails(maker, scenario, variant);
          } else {
            conforms(id, scenario, new Scene(maker, variant, PATIENCE));
          }
        });
  }

  private static void conforms(String id, Scenario scenario, Scene scene) {
    try {
      run(scenario, scene);
    } catch (AssertionError cause) {
      String server = scene.server().name();
      throw new AssertionError(server + " " + id + ": " + cause.getMessage(), cause);
    }
  }

  private static void fails(Supplier<ServerUnderTest> maker, Scenario scenario, Variant variant) {
    assertThatThrownBy(() -> run(scenario, new Scene(maker, variant, IMPATIENCE)))
        .as("a deviation that is listed; if it is gone, take it from the list")
        .isInstanceOfAny(AssertionError.class, UnsupportedOperationException.class);
  }

  /**
   * Runs one test of any rule against a server.
   *
   * @param id such as {@code P11.bornLater/DELTA/ADS}
   * @throws AssertionError if the server does not conform
   */
  static void run(Supplier<ServerUnderTest> maker, String id) {
    for (ConformanceTest test : Rules.ALL) {
      for (Scenario scenario : test.rule().scenarios()) {
        for (Variant variant : scenario.variants()) {
          if (test.rule().test(scenario, variant).equals(id)) {
            run(scenario, new Scene(maker, variant, PATIENCE));
            return;
          }
        }
      }
    }
    throw new IllegalArgumentException("there is no test " + id);
  }

  private static void run(Scenario scenario, Scene scene) {
    try (scene) {
      scenario.body().run(scene);
    }
  }
}
