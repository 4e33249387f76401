package io.chancery.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a run of the launcher gave.
 *
 * @param exit its exit code
 * @param out lines of standard output
 * @param err lines of standard error
 */
record Launch(int exit, List<String> out, List<String> err) {
  private static final long TIMEOUT_SECONDS = 60;

  /** What follows the label on lines of standard output, as the JVM of a sandbox prints them. */
  List<String> said(String label) {
    return out.stream()
        .filter(line -> line.startsWith(label + ": "))
        .map(line -> line.substring(label.length() + 2))
        .toList();
  }

  static Running start(List<String> command, Path directory, Map<String, String> environment)
      throws IOException {
    Path out = Files.createTempFile("launch", ".out");
    Path err = Files.createTempFile("launch", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new Running(builder.start(), out, err);
  }

  /** A launcher that may still run. */
  record Running(Process process, Path out, Path err) {

    List<String> errSoFar() throws IOException {
      return Files.readAllLines(err);
    }

    Launch await() throws IOException, InterruptedException {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("the launcher hangs: " + errSoFar());
      }
      Launch launch =
          new Launch(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
      Files.delete(out);
      Files.delete(err);
      return launch;
    }
  }
}
