package io.chancery.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An Envoy never outlives the JVM that started it. */
class NoOrphanTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path directory;

  @Test
  void survivesNoKilledParent() throws Exception {
    EnvoyBinary binary = TestEnvoy.binary();
    Process parent = parent(binary);
    try (BufferedReader output = parent.inputReader()) {
      ProcessHandle envoy = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
      ProcessHandle supervisor = envoy.parent().orElseThrow();
      assertThat(supervisor.parent().map(ProcessHandle::pid)).contains(parent.pid());
      parent.destroyForcibly(); // SIGKILL: nothing in the parent can run any more.
      assertThat(endedInTime(envoy)).as("Envoy ended").isTrue();
      assertThat(endedInTime(supervisor)).as("supervisor ended").isTrue();
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void survivesNoKilledSupervisor() throws Exception {
    try (LocalEnvoy envoy = LocalEnvoy.start(TestEnvoy.spec(directory, "edge-1"))) {
      ProcessHandle program = ProcessHandle.of(envoy.pid()).orElseThrow();
      program.parent().orElseThrow().destroyForcibly();
      assertThat(endedInTime(program)).as("Envoy ended").isTrue();
      assertThat(envoy.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS).asked()).isFalse();
    }
  }

  @Test
  void killsAProgramThatWillNotStop() throws Exception {
    Path stubborn =
        TestPrograms.script(
            directory.resolve("stubborn"), "trap '' TERM; echo ready; while :; do sleep 1; done");
    SupervisedProcess.Places places = SupervisedProcess.Places.in(directory);
    SupervisedProcess process =
        SupervisedProcess.start(List.of(stubborn.toString()), places, Duration.ofMillis(200));
    await().untilAsserted(() -> assertThat(places.output()).hasContent("ready"));
    process.stop();
    assertThat(process.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .isEqualTo(new Exit(128 + 9, true));
  }

  private static boolean endedInTime(ProcessHandle process) throws Exception {
    // A process that is no child of ours is found gone by the JDK's polling; there is nothing to
    // wait on.
    process.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    return !process.isAlive();
  }

  private Process parent(EnvoyBinary binary) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            ParentProcess.class.getName(),
            binary.path().toString(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
