package io.chancery.bench.fleet;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * On what something was measured.
 *
 * @param cpu as Linux names it
 * @param ownCores the cores that the simulator may use
 * @param serverFlags of the server's JVM
 * @param libraries those that matter, with their versions
 */
public record Environment(
    Instant at,
    String cpu,
    int cores,
    String ownCores,
    String system,
    String java,
    String serverFlags,
    List<String> libraries) {
  private static final Pattern LIBRARIES =
      Pattern.compile(
          "(bench|control-plane|grpc-netty|netty-transport|protobuf-java|cache|server)-\\d.*\\.jar");

  /** Of now; the core is where this thread may run. */
  public static Environment now(String serverFlags) {
    return new Environment(
        Instant.now(),
        line("/proc/cpuinfo", "model name"),
        Math.toIntExact(lines("/proc/cpuinfo", line -> line.startsWith("processor")).size()),
        line("/proc/self/status", "Cpus_allowed_list"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vendor.version") + " " + Runtime.version(),
        serverFlags,
        found());
  }

  /** The load average of the last minute: how many threads wanted a core. */
  public static String load() {
    return lines("/proc/loadavg", _ -> true).getFirst().split(" ", 2)[0];
  }

  private static List<String> found() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(path -> path.substring(path.lastIndexOf('/') + 1))
        .filter(LIBRARIES.asMatchPredicate())
        .sorted()
        .toList();
  }

  private static String line(String file, String key) {
    return lines(file, line -> line.startsWith(key)).stream()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static List<String> lines(String file, Predicate<String> which) {
    try {
      return Files.readAllLines(Path.of(file)).stream().filter(which).toList();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
