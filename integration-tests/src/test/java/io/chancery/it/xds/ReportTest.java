package io.chancery.it.xds;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.it.xds.ServerUnderTest.Deviation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page of results, and that the kit is whole. The page says what the other tests demand, so it
 * is true if they pass; with {@code -Dchancery.golden=record} it is written anew.
 */
class ReportTest {
  private static final Path PAGE = Path.of("../docs/reference/xds-conformance.md");
  private static final Path KIT = Path.of("src/test/java/io/chancery/it/xds");

  @Test
  void pageIsUpToDate() throws IOException {
    String text = Report.text();
    if ("record".equals(System.getProperty("chancery.golden"))) {
      Files.writeString(PAGE, text);
    }
    assertThat(PAGE).exists();
    assertThat(Files.readString(PAGE))
        .as("%s is stale: run the test with -Dchancery.golden=record", PAGE)
        .isEqualTo(text);
  }

  @Test
  void everyRuleIsListed() throws IOException {
    try (Stream<Path> files = Files.list(KIT)) {
      List<String> tests =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.matches("P[0-9]+.*Test[.]java"))
              .map(file -> file.replace(".java", ""))
              .toList();
      assertThat(Rules.ALL)
          .extracting(rule -> rule.getClass().getSimpleName())
          .containsExactlyInAnyOrderElementsOf(tests);
    }
  }

  @Test
  void everyDeviationIsOfATest() {
    Set<String> tests = Rules.ALL.stream().flatMap(ReportTest::tests).collect(Collectors.toSet());
    assertThat(Servers.ALL)
        .allSatisfy(server ->
            assertThat(server.get().deviations().stream().flatMap(Deviation::tests))
                .isSubsetOf(tests)
                .doesNotHaveDuplicates());
  }

  private static Stream<String> tests(ConformanceTest test) {
    Rule rule = test.rule();
    return rule.scenarios().stream()
        .flatMap(it -> it.variants().stream().map(variant -> rule.test(it, variant)));
  }
}
