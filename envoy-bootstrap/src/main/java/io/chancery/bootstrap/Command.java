package io.chancery.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a short program to its end. */
final class Command {
  private static final int LINE_LIMIT = 300;

  private Command() {}

  /**
   * What came of it.
   *
   * @param status exit status; -1 if it was not started or did not end in time
   * @param output standard output and standard error together
   */
  record Outcome(int status, String output) {
    boolean failed() {
      return status != 0;
    }

    /** The last line that says something; one line, bounded. */
    String summary() {
      String last =
          output.lines().filter(line -> !line.isBlank()).reduce("", (_, line) -> line.strip());
      String text = last.length() > LINE_LIMIT ? last.substring(0, LINE_LIMIT) + "…" : last;
      return text.isEmpty() ? "exit status " + status + " and no output" : text;
    }
  }

  /** Never throws for what the program does; a program that exceeds the limit is killed. */
  static Outcome run(List<String> command, Duration limit) {
    try {
      Path output = Files.createTempFile("chancery-", ".out");
      try {
        return run(command, limit, output);
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      return new Outcome(-1, String.valueOf(e.getMessage()));
    }
  }

  /** The output goes to a file, because a pipe would have to be read with a time limit too. */
  private static Outcome run(List<String> command, Duration limit, Path output) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(new File("/dev/null"))
            .start();
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Outcome(process.exitValue(), new String(Files.readAllBytes(output), UTF_8));
      }
      return new Outcome(-1, "no end within " + limit.toSeconds() + " s");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Outcome(-1, "interrupted");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
