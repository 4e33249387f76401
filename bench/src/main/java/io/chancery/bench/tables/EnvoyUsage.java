package io.chancery.bench.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process has used since its start, by what Linux counts.
 *
 * @param cpuNanos of all threads that live
 * @param mainNanos of the main thread, which takes configuration
 * @param residentKilobytes of memory, now
 */
record EnvoyUsage(long cpuNanos, long mainNanos, long residentKilobytes) {

  static EnvoyUsage of(long pid) {
    Path process = Path.of("/proc/" + pid);
    try (Stream<Path> threads = Files.list(process.resolve("task"))) {
      long all = threads.mapToLong(EnvoyUsage::onCore).sum();
      return new EnvoyUsage(
          all, onCore(process.resolve("task/" + pid)), resident(process.resolve("status")));
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /** The first number of schedstat: nanoseconds on a core. */
  private static long onCore(Path thread) {
    try {
      return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  private static long resident(Path status) throws IOException {
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    }
  }
}
