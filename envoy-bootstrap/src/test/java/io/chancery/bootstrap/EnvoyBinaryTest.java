package io.chancery.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvoyBinaryTest {
  private final List<String> progress = new ArrayList<>();
  @TempDir Path directory;

  @Test
  void takesTheNamedOneFirst() throws Exception {
    Path named = program("named/my-envoy", "1.39.3");
    program("bin/envoy", "1.38.0");
    EnvoyBinary found =
        find(Map.of("ENVOY_BIN", named.toString(), "PATH", directory.resolve("bin").toString()));
    assertThat(found).isEqualTo(new EnvoyBinary(named, "1.39.3", EnvoyBinary.Origin.ENVIRONMENT));
  }

  @Test
  void takesTheFirstOneOnTheSearchPath() throws Exception {
    Path first = program("with space/envoy", "1.38.0");
    program("bin/envoy", "1.39.0");
    EnvoyBinary found =
        find(Map.of("ENVOY_BIN", "", "PATH", searchPath("missing", "with space", "bin")));
    assertThat(found).isEqualTo(new EnvoyBinary(first, "1.38.0", EnvoyBinary.Origin.SEARCH_PATH));
  }

  @Test
  void fallsBackToTheFetchedOne() throws Exception {
    program("bin/envoy", "1.30.0");
    Path fetched = program("data/tools/envoy-1.40.0/envoy/_bin/envoy", "1.40.0");
    EnvoyBinary found = find(Map.of("PATH", searchPath("bin")));
    assertThat(found).isEqualTo(new EnvoyBinary(fetched, "1.40.0", EnvoyBinary.Origin.FETCHED));
    assertThat(progress).singleElement().asString().contains("1.30.0 is too old", "1.36");
  }

  @Test
  void passesOverWhatIsNoEnvoy() throws Exception {
    script("bin/envoy", "echo surprise; exit 3");
    program("data/tools/envoy-1.40.0/envoy/_bin/envoy", "1.40.0");
    assertThat(find(Map.of("PATH", searchPath("bin"))).origin())
        .isEqualTo(EnvoyBinary.Origin.FETCHED);
    assertThat(progress)
        .singleElement()
        .asString()
        .contains("passing over", "bin/envoy", "surprise");
  }

  @Test
  void refusesAWrongNameRatherThanTakingAnother() throws Exception {
    program("bin/envoy", "1.39.0");
    Map<String, String> environment =
        Map.of("ENVOY_BIN", "/no/such/envoy", "PATH", searchPath("bin"));
    assertThatThrownBy(() -> find(environment))
        .isInstanceOf(EnvoyUnavailableException.class)
        .hasMessageContaining("ENVOY_BIN is \"/no/such/envoy\"")
        .hasMessageContaining("unset it");
  }

  @Test
  void refusesANamedOneThatIsTooOld() throws Exception {
    String old = program("old/envoy", "1.35.9").toString();
    assertThatThrownBy(() -> find(Map.of("ENVOY_BIN", old)))
        .hasMessageContaining("Envoy 1.35.9 is too old");
  }

  @Test
  void readsTheReleaseOfARealOne() throws Exception {
    EnvoyBinary real = TestEnvoy.binary();
    assertThat(EnvoyVersion.of(real.path()).release()).isEqualTo(real.version()).startsWith("1.");
  }

  private EnvoyBinary find(Map<String, String> environment) throws EnvoyUnavailableException {
    return EnvoyBinary.find(environment, directory.resolve("data"), progress::add);
  }

  private String searchPath(String... names) {
    return List.of(names).stream()
        .map(name -> directory.resolve(name).toString())
        .reduce((left, right) -> left + File.pathSeparator + right)
        .orElseThrow();
  }

  private Path program(String path, String version) throws IOException {
    return script(
        path, "echo 'envoy  version: 0123abc/%s/Clean/RELEASE/BoringSSL'".formatted(version));
  }

  private Path script(String path, String body) throws IOException {
    return TestPrograms.script(directory.resolve(path), body);
  }
}
