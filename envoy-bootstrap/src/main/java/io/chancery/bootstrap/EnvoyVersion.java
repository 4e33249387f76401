package io.chancery.bootstrap;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The release of an Envoy, as it tells it itself. */
record EnvoyVersion(String release, int major, int minor) {
  /** {@code envoy version: <commit>/1.40.0/Clean/RELEASE/BoringSSL}. */
  private static final Pattern ANSWER =
      Pattern.compile("version: \\w+/((\\d+)\\.(\\d+)\\.\\d+[\\w.-]*)/");

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Asks the program. A broken or foreign one is told by its first line. */
  static EnvoyVersion of(Path program) throws EnvoyUnavailableException {
    Command.Outcome outcome = Command.run(List.of(program.toString(), "--version"), LIMIT);
    Matcher answer = ANSWER.matcher(outcome.output());
    if (outcome.failed() || !answer.find()) {
      throw new EnvoyUnavailableException(
          "\"%s --version\" does not answer like an Envoy: %s"
              .formatted(program, outcome.summary()));
    }
    return new EnvoyVersion(
        answer.group(1), Integer.parseInt(answer.group(2)), Integer.parseInt(answer.group(3)));
  }

  boolean isSupported() {
    return major == 1 && minor >= PinnedEnvoy.LOWEST_MINOR;
  }

  String unsupported() {
    return "Envoy %s is too old; expected 1.%d or newer"
        .formatted(release, PinnedEnvoy.LOWEST_MINOR);
  }
}
