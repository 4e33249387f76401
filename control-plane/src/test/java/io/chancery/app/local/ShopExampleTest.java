package io.chancery.app.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code run.yaml} and the objects of the example agree; its requests are run by the integration
 * tests.
 */
class ShopExampleTest {
  private static final Path SHOP = Path.of("..", "examples", "shop");

  @TempDir Path data;

  @Test
  void hasAnEndpointForEachUpstream() throws Exception {
    String objects = objects();
    assertThat(LocalRunFile.read(SHOP).upstreams())
        .hasSize(5)
        .allSatisfy(upstream -> assertThat(objects).contains("port: " + upstream.port() + "}"));
  }

  @Test
  void refersToItsCertificateAndLogin() throws Exception {
    LocalRun run = LocalRunFile.read(SHOP);
    String objects = objects();
    assertThat(run.certificates())
        .singleElement()
        .satisfies(it -> assertThat(objects).contains("{name: " + it.secret().name() + "}"));
    assertThat(run.logins())
        .singleElement()
        .satisfies(it ->
            assertThat(objects)
                .contains("http://127.0.0.1:" + it.port() + "/jwks.json")
                .contains("issuer: " + it.issuer())
                .contains("audiences: [" + it.audience() + "]"));
  }

  @Test
  void hasSixRequestsThatAreFilledInCompletely() throws Exception {
    LocalRun run = LocalRunFile.read(SHOP);
    LocalRun freePorts =
        new LocalRun(
            List.of(),
            run.certificates(),
            run.logins().stream()
                .map(it ->
                    new LocalRun.Login(
                        it.name(), 0, it.issuer(), it.audience(), it.subject(), it.claims()))
                .toList(),
            run.requests());
    try (LocalCompanions companions = LocalCompanions.start(freePorts, SHOP, data)) {
      assertThat(companions.requests())
          .hasSize(6)
          .noneMatch(request -> request.command().contains("${"));
    }
  }

  private static String objects() throws IOException {
    try (Stream<Path> files = Files.list(SHOP)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml") && !file.endsWith(LocalRunFile.NAME))
          .map(ShopExampleTest::text)
          .collect(Collectors.joining("\n"));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
