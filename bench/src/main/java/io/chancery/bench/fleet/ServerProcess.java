package io.chancery.bench.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server that runs in a process of its own, on a core of its own. */
final class ServerProcess implements Fleet.Publisher, AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final PrintStream orders;
  private final int port;

  /**
   * Starts one.
   *
   * @param core the only one that it may use
   * @param flags of its JVM
   */
  ServerProcess(BenchServer.Kind kind, FleetWorld world, int core, List<String> flags) {
    List<String> command = new ArrayList<>(List.of("taskset", "-c", "" + core));
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ServerMain.class.getName(), kind.name(), "" + world.size()));
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
    port = Math.toIntExact(answer("port")[0]);
  }

  /**
   * What a process has used since its start.
   *
   * @param cpuNanos of all threads, with those of the JVM
   */
  record Meter(long cpuNanos, long allocatedBytes) {}

  @Override
  public long publish(Mutation mutation) {
    orders.println("publish " + mutation.line());
    return answer("published")[0];
  }

  Meter meter() {
    orders.println("meter");
    long[] values = answer("meter");
    return new Meter(values[0], values[1]);
  }

  /** Bytes of heap that are live, after full collections. */
  long heapBytes() {
    orders.println("heap");
    return answer("heap")[0];
  }

  private long[] answer(String to) {
    try {
      String line = answers.readLine();
      while (line != null && !line.startsWith(to + " ")) {
        line = answers.readLine(); // A library may print.
      }
      if (line == null) {
        throw new VoidRunException("the server has ended");
      }
      String[] words = line.split(" ", -1);
      long[] values = new long[words.length - 1];
      for (int i = 1; i < words.length; i++) {
        values[i - 1] = Long.parseLong(words[i]);
      }
      return values;
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    orders.println("quit");
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        Process _ = process.destroyForcibly();
      }
    } catch (InterruptedException cause) {
      Process _ = process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
