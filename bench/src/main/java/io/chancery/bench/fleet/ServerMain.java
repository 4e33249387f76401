package io.chancery.bench.fleet;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/**
 * A server in a process of its own, that takes orders by its standard input, a line each, and
 * answers each by a line.
 */
final class ServerMain {
  private static final int COLLECTIONS = 3;

  private ServerMain() {}

  /** {@code KIND SIZE}: the server, and the size of its world. */
  public static void main(String[] args) throws IOException {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    FleetWorld world = new FleetWorld(Integer.parseInt(args[1]));
    try (BenchServer server = BenchServer.Kind.valueOf(args[0]).start(world)) {
      System.out.println("port " + server.port());
      serve(server);
    }
    System.exit(0); // Threads of a library do not keep the process.
  }

  private static void serve(BenchServer server) throws IOException {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      String[] words = line.split(" ", 2);
      switch (words[0]) {
        case "publish" ->
            System.out.println("published " + server.publish(Mutation.parse(words[1])));
        case "meter" -> System.out.println("meter " + cpuNanos() + " " + allocatedBytes());
        case "heap" -> System.out.println("heap " + heapBytes());
        default -> {
          return;
        }
      }
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static long allocatedBytes() {
    return ManagementFactory.getPlatformMXBean(ThreadMXBean.class).getTotalThreadAllocatedBytes();
  }

  /** What is live: used after full collections. */
  private static long heapBytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
