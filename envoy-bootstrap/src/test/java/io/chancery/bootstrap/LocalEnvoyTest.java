package io.chancery.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalEnvoyTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path directory;

  @Test
  void answersOnItsAdminSocketOnly() throws Exception {
    try (LocalEnvoy envoy = started(directory, "edge-1")) {
      assertThat(envoy.isAlive()).isTrue();
      assertThat(envoy.adminSocket()).isEqualTo(directory.resolve("admin.sock"));
      assertThat(envoy.adminSocketNote()).isEmpty();
      assertThat(envoy.admin().get("/server_info").body())
          .contains("\"id\": \"edge-1\"", "\"cluster\": \"default\"");
      assertThat(envoy.admin().get("/listeners?format=json").isOk()).isTrue();
      assertThat(envoy.admin().get("/no-such-page").status()).isEqualTo(404);
      assertThat(TcpListeners.of(envoy.pid())).isEmpty();
    }
  }

  @Test
  void takesTheStaticRuntimeAndStatistics() throws Exception {
    try (LocalEnvoy envoy = started(directory, "edge-1")) {
      assertThat(envoy.admin().get("/runtime").body())
          .contains("re2.max_program_size.error_level", "1000");
      assertThat(envoy.admin().get("/stats").body())
          .contains("server.live:", "cluster_manager.")
          .doesNotContain("vhost.");
      assertThat(envoy.admin().get("/config_dump").body()).contains("chancery-xds");
    }
  }

  @Test
  void endsWhenClosedAndSaysThatItWasAsked() throws Exception {
    LocalEnvoy envoy = started(directory, "edge-1");
    envoy.close();
    assertThat(envoy.isAlive()).isFalse();
    assertThat(envoy.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .isEqualTo(new Exit(0, true));
    assertThat(ProcessHandle.of(envoy.pid())).isEmpty();
    assertThat(envoy.adminSocket()).doesNotExist();
    envoy.close();
  }

  @Test
  void tellsWhenEnvoyEndsByItself() throws Exception {
    try (LocalEnvoy envoy = started(directory, "edge-1")) {
      envoy.admin().post("/quitquitquit");
      assertThat(envoy.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo(new Exit(0, false));
    }
  }

  @Test
  void tellsTheSignalThatEndedEnvoy() throws Exception {
    try (LocalEnvoy envoy = started(directory, "edge-1")) {
      ProcessHandle.of(envoy.pid()).orElseThrow().destroyForcibly();
      assertThat(envoy.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo(new Exit(128 + 9, false));
    }
  }

  @Test
  void runsSeveralSideBySide() throws Exception {
    try (LocalEnvoy one = started(directory.resolve("edge-1"), "edge-1");
        LocalEnvoy other = started(directory.resolve("edge-2"), "edge-2")) {
      assertThat(one.pid()).isNotEqualTo(other.pid());
      assertThat(other.admin().get("/server_info").body()).contains("edge-2");
      one.admin().post("/quitquitquit");
      one.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(other.isAlive()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"with a space", "quote'd \"$HOME\" `x`"})
  void runsInADirectoryOfAnyName(String name) throws Exception {
    try (LocalEnvoy envoy = started(directory.resolve(name), "edge-1")) {
      assertThat(envoy.adminSocket()).hasParent(directory.resolve(name));
      assertThat(envoy.log()).isNotEmptyFile();
    }
  }

  @Test
  void movesTheAdminSocketOutOfALongPathAndSaysWhy() throws Exception {
    Path deep = directory.resolve("d".repeat(100));
    LocalEnvoy envoy = started(deep, "edge-1");
    assertThat(envoy.adminSocketNote())
        .get()
        .asString()
        .contains(deep.toString(), "a Unix socket allows");
    assertThat(envoy.admin().get("/server_info").isOk()).isTrue();
    envoy.close();
    assertThat(envoy.adminSocket().getParent()).doesNotExist();
  }

  @Test
  void keepsTheLogOfTheRunBefore() throws Exception {
    Files.writeString(directory.resolve("envoy.log"), "before");
    started(directory, "edge-1").close();
    assertThat(directory.resolve("envoy.log.1")).hasContent("before");
  }

  @Test
  void saysWhyEnvoyDidNotStart() throws Exception {
    Path broken =
        TestPrograms.script(
            directory.resolve("broken"), "echo '[critical] no such thing' >&2; exit 7");
    LocalEnvoySpec spec = TestEnvoy.spec(directory.resolve("run"), "edge-1");
    EnvoyBinary binary = new EnvoyBinary(broken, "1.40.0", EnvoyBinary.Origin.ENVIRONMENT);
    LocalEnvoySpec failing =
        new LocalEnvoySpec(binary, spec.directory(), spec.node(), spec.servers(), spec.tuning());
    try (LocalEnvoy envoy = LocalEnvoy.start(failing)) {
      assertThatThrownBy(() -> envoy.awaitLive(LIMIT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no such thing");
      assertThat(envoy.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS).status()).isEqualTo(7);
    }
  }

  private static LocalEnvoy started(Path directory, String id) throws Exception {
    LocalEnvoy envoy = LocalEnvoy.start(TestEnvoy.spec(directory, id));
    assertThat(envoy.admin().awaitAnswer(LIMIT)).as("admin answers").isTrue();
    return envoy;
  }
}
