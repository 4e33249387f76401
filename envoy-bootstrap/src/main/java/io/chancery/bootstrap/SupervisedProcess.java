package io.chancery.bootstrap;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program under {@code supervisor.sh}: it ends when this process closes the pipe, or is gone. */
final class SupervisedProcess {
  private static final Duration SUPERVISOR_GRACE = Duration.ofSeconds(2);

  private final Process supervisor;
  private final ProcessHandle program;
  private final Duration stopLimit;
  private final CompletableFuture<Exit> exit;
  private volatile boolean asked;

  private SupervisedProcess(Process supervisor, ProcessHandle program, Duration stopLimit) {
    this.supervisor = supervisor;
    this.program = program;
    this.stopLimit = stopLimit;
    this.exit = supervisor.onExit().thenApply(this::ended);
  }

  /**
   * Where the program writes; output and log are appended to.
   *
   * @param script where the supervisor's script is put, as a file so that process lists stay
   *     readable
   * @param output standard output
   * @param log standard error
   */
  record Places(Path script, Path output, Path log) {
    static Places in(Path directory) {
      return new Places(
          directory.resolve("supervisor.sh"),
          directory.resolve("output.log"),
          directory.resolve("envoy.log"));
    }
  }

  static SupervisedProcess start(List<String> command, Places places, Duration stopLimit)
      throws IOException {
    writeScript(places.script());
    List<String> supervised = new ArrayList<>(List.of("sh", places.script().toString()));
    supervised.add(Long.toString(stopLimit.toMillis() / 100));
    supervised.addAll(List.of(places.output().toString(), places.log().toString()));
    supervised.addAll(command);
    Process supervisor =
        new ProcessBuilder(supervised)
            .redirectError(ProcessBuilder.Redirect.appendTo(places.log().toFile()))
            .start();
    return new SupervisedProcess(supervisor, program(supervisor), stopLimit);
  }

  /**
   * The supervisor's only output is the process id; the handle is empty if the program has ended
   * already.
   */
  private static ProcessHandle program(Process supervisor) throws IOException {
    try (BufferedReader output = supervisor.inputReader(US_ASCII)) {
      long pid = Long.parseLong(Objects.requireNonNullElse(output.readLine(), ""));
      return ProcessHandle.of(pid).orElse(supervisor.toHandle());
    } catch (NumberFormatException e) {
      supervisor.destroyForcibly();
      throw new IOException(
          "the supervisor did not start; is there a POSIX shell named sh on PATH?", e);
    }
  }

  long pid() {
    return program.pid();
  }

  boolean isAlive() {
    return program.isAlive();
  }

  CompletableFuture<Exit> onExit() {
    return exit.copy();
  }

  /** Returns when the program has ended. */
  void stop() {
    asked = true;
    closePipe();
    try {
      boolean ended =
          supervisor.waitFor(stopLimit.plus(SUPERVISOR_GRACE).toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        kill();
      }
    } catch (InterruptedException _) {
      kill();
      Thread.currentThread().interrupt();
    }
  }

  /** Also reached when somebody killed the supervisor: then the program is ended here. */
  private Exit ended(Process ended) {
    closePipe();
    program.destroyForcibly();
    return new Exit(ended.exitValue(), asked);
  }

  private void kill() {
    program.destroyForcibly();
    supervisor.destroyForcibly();
  }

  private void closePipe() {
    try {
      supervisor.getOutputStream().close();
    } catch (IOException _) {
      // Closed already: that is what was wanted.
    }
  }

  private static void writeScript(Path script) throws IOException {
    try (InputStream text = SupervisedProcess.class.getResourceAsStream("supervisor.sh")) {
      Files.copy(
          Objects.requireNonNull(text, "supervisor.sh is missing in the jar"),
          script,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
