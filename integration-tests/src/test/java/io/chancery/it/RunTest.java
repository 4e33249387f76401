package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command {@code run} on the example, by the launcher in a fresh clone and from the class path:
 * it gets ready, every request that it prints works, and it leaves nothing.
 */
class RunTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<Integer> EXAMPLE_PORTS = List.of(8080, 8443, 19001, 19010);
  private static final List<Integer> DEFAULT_PORTS = List.of(18000, 18080);

  @TempDir Path directory;

  @BeforeEach
  void requirements() throws Exception {
    assumeFalse(Boolean.getBoolean("chancery.fast"), "--fast leaves out tests with a real Envoy");
    assumeTrue(sh("command -v curl").exit() == 0, "curl is missing");
  }

  @Test
  void fromTheClassPath() throws Exception {
    Path data = directory.resolve("data dir");
    servesWhatItPrintsAndLeavesNothing(start(data), data, EXAMPLE_PORTS);
  }

  /**
   * What a clone of this tree would hold, in an empty directory, and the README's first command.
   */
  @Test
  void byTheLauncherOfAFreshClone() throws Exception {
    Path clone = Files.createDirectory(directory.resolve("a clone"));
    Result copied =
        sh(
            "cd '%s' && git ls-files -co --exclude-standard -z | tar -c --null -T - | tar -x -C '%s'"
                .formatted(ROOT, clone));
    assumeTrue(Files.exists(clone.resolve("chancery")), "no git work tree: " + copied.output());
    Process run =
        new ProcessBuilder("./chancery", "run")
            .directory(clone.toFile())
            .redirectErrorStream(true)
            .start();
    List<Integer> ports = new ArrayList<>(EXAMPLE_PORTS);
    ports.addAll(DEFAULT_PORTS);
    servesWhatItPrintsAndLeavesNothing(run, clone, ports);
  }

  private static void servesWhatItPrintsAndLeavesNothing(
      Process run, Path data, List<Integer> ports) throws Exception {
    try {
      List<String> output = untilReady(run);
      assertThat(output.getLast()).startsWith("ready: 2 local Envoys");
      List<String> requests =
          output.stream().map(String::strip).filter(line -> line.startsWith("curl ")).toList();
      assertThat(requests).hasSize(6);
      for (String request : requests) {
        Result result = sh(request.replaceFirst("^curl ", "curl -sS --fail-with-body "));
        assertThat(result.exit()).as(request + "\n" + result.output()).isZero();
      }
      assertThat(sh(requests.getLast()).output()).contains("grpc-status: 0");
      assertThat(sh("pgrep -f '" + data + "'").exit()).as("Envoys run").isZero();
    } finally {
      sh("kill -INT " + run.pid());
      assertThat(run.waitFor(20, TimeUnit.SECONDS)).as("it ends").isTrue();
    }
    assertThat(sh("pgrep -fa '" + data + "' | grep -v pgrep | grep -v 'sh -c'").output())
        .as("processes left")
        .isBlank();
    for (int port : ports) {
      assertThat(isOpen(port)).as("port %d is closed", port).isFalse();
    }
  }

  private static Process start(Path data) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "io.chancery.app.Main",
            "run",
            ROOT.resolve("examples/shop").toString(),
            "--envoys",
            "2",
            "--xds-port",
            "0",
            "--admin-port",
            "0",
            "--data-dir",
            data.toString())
        .redirectErrorStream(true)
        .start();
  }

  private static List<String> untilReady(Process run) throws IOException {
    List<String> lines = new ArrayList<>();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(run.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      lines.add(line);
      if (line.startsWith("ready")) {
        return lines;
      }
    }
    throw new AssertionError("run ended before it was ready:\n" + String.join("\n", lines));
  }

  private record Result(int exit, String output) {}

  private static Result sh(String command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      output = out.lines().collect(Collectors.joining("\n"));
    }
    return new Result(process.waitFor(), output);
  }

  private static boolean isOpen(int port) {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException cause) {
      return false;
    }
  }
}
