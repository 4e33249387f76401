package io.chancery.it.xds;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The kit finds each defect, and finds nothing if there is none. */
class PlantedDefectTest {
  @TestFactory
  @Execution(ExecutionMode.CONCURRENT)
  Stream<DynamicTest> isFound() {
    return Arrays.stream(Defect.values())
        .flatMap(defect -> defect.foundBy().stream().map(id -> isFound(defect, id)));
  }

  private static DynamicTest isFound(Defect defect, String id) {
    return dynamicTest(
        defect + " by " + id,
        () -> {
          ConformanceTest.run(() -> new PlantedServer(Optional.empty()), id);
          assertThatThrownBy(
                  () -> ConformanceTest.run(() -> new PlantedServer(Optional.of(defect)), id))
              .isInstanceOf(AssertionError.class);
        });
  }
}
