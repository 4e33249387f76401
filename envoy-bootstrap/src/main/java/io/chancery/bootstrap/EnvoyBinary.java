package io.chancery.bootstrap;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * An Envoy that runs on this machine.
 *
 * @param path the executable, absolute
 * @param version its release, such as {@code 1.40.0}
 * @param origin where it was found
 */
public record EnvoyBinary(Path path, String version, Origin origin) {
  /** Where an Envoy was found, in the order in which they are tried. */
  public enum Origin {
    /** {@code ENVOY_BIN} names it. */
    ENVIRONMENT,
    /** {@code envoy} on {@code PATH}. */
    SEARCH_PATH,
    /** Fetched into the data directory, now or earlier. */
    FETCHED
  }

  /**
   * Finds an Envoy: {@code ENVOY_BIN}, then {@code envoy} on {@code PATH}, then the pinned release
   * in {@code <dataDirectory>/tools}, fetched there if it is missing. May take as long as a
   * download of 40 MB; several processes may do it at once.
   *
   * @param environment as of {@link System#getenv()}
   * @param progress takes a line before anything slow, and one for each Envoy that is passed over
   * @throws EnvoyUnavailableException if {@code ENVOY_BIN} is wrong, or if there is none and none
   *     can be fetched
   */
  public static EnvoyBinary find(
      Map<String, String> environment, Path dataDirectory, Consumer<String> progress)
      throws EnvoyUnavailableException {
    String named = environment.getOrDefault("ENVOY_BIN", "");
    if (!named.isBlank()) {
      return named(named);
    }
    Optional<EnvoyBinary> installed = onSearchPath(environment.getOrDefault("PATH", ""), progress);
    if (installed.isPresent()) {
      return installed.get();
    }
    Path fetched = new EnvoyDownload(dataDirectory.resolve("tools"), progress).binary();
    return new EnvoyBinary(fetched, EnvoyVersion.of(fetched).release(), Origin.FETCHED);
  }

  /**
   * A wrong {@code ENVOY_BIN} is an error: another Envoy than the one that was asked for would
   * surprise.
   */
  private static EnvoyBinary named(String named) throws EnvoyUnavailableException {
    Path path = Path.of(named).toAbsolutePath();
    if (!isProgram(path)) {
      throw new EnvoyUnavailableException(
          "ENVOY_BIN is \"%s\", which is not an executable file; correct it, or unset it to have Envoy %s fetched"
              .formatted(named, PinnedEnvoy.VERSION));
    }
    EnvoyVersion version = EnvoyVersion.of(path);
    if (!version.isSupported()) {
      throw new EnvoyUnavailableException(
          "ENVOY_BIN is \"%s\": %s".formatted(named, version.unsupported()));
    }
    return new EnvoyBinary(path, version.release(), Origin.ENVIRONMENT);
  }

  /** An unusable Envoy on {@code PATH} was not asked for: it is passed over. */
  private static Optional<EnvoyBinary> onSearchPath(String searchPath, Consumer<String> progress) {
    Optional<Path> first =
        Arrays.stream(searchPath.split(File.pathSeparator))
            .flatMap(EnvoyBinary::envoyIn)
            .findFirst();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    try {
      EnvoyVersion version = EnvoyVersion.of(first.get());
      if (version.isSupported()) {
        return Optional.of(new EnvoyBinary(first.get(), version.release(), Origin.SEARCH_PATH));
      }
      progress.accept("passing over " + first.get() + ": " + version.unsupported());
    } catch (EnvoyUnavailableException e) {
      progress.accept("passing over " + e.getMessage());
    }
    return Optional.empty();
  }

  private static Stream<Path> envoyIn(String directory) {
    try {
      Path path = Path.of(directory, "envoy").toAbsolutePath();
      return directory.isEmpty() || !isProgram(path) ? Stream.empty() : Stream.of(path);
    } catch (InvalidPathException _) {
      return Stream.empty();
    }
  }

  private static boolean isProgram(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }
}
