package io.chancery.bootstrap;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One Envoy to run on this machine.
 *
 * @param binary the program
 * @param directory its own directory, made if missing: {@code bootstrap.yaml}, {@code envoy.log},
 *     {@code output.log} (what it prints, such as access logs) and, if the path is short enough,
 *     {@code admin.sock}
 * @param node who it is
 * @param servers where its control plane serves xDS in plaintext
 * @param tuning how it runs
 */
public record LocalEnvoySpec(
    EnvoyBinary binary,
    Path directory,
    NodeIdentity node,
    List<XdsAddress> servers,
    Tuning tuning) {
  /** Makes the directory absolute, because Envoy is told full paths. */
  public LocalEnvoySpec {
    directory = directory.toAbsolutePath().normalize();
    servers = List.copyOf(servers);
  }

  /**
   * How an Envoy runs.
   *
   * @param workers threads that serve traffic, 1 or more
   * @param drainTime how long connections of a changed listener may finish; whole seconds, 1 or
   *     more
   * @param drain how connections are closed within that time
   * @param stopLimit how long the process may take to stop before it is killed
   * @param logLevel of Envoy: trace, debug, info, warning, error, critical or off
   */
  public record Tuning(
      int workers, Duration drainTime, Drain drain, Duration stopLimit, String logLevel) {
    /** For a laptop: two workers, changes visible within seconds. */
    public static final Tuning DEFAULT =
        new Tuning(2, Duration.ofSeconds(5), Drain.GRADUAL, Duration.ofSeconds(5), "info");

    /** Refuses values that Envoy would refuse. */
    public Tuning {
      if (workers < 1) {
        throw new IllegalArgumentException("workers " + workers + ": expected 1 or more");
      }
      if (drainTime.toSeconds() < 1) {
        throw new IllegalArgumentException("drain time " + drainTime + ": expected 1 s or more");
      }
    }

    /** The same with another number of workers. */
    public Tuning withWorkers(int count) {
      return new Tuning(count, drainTime, drain, stopLimit, logLevel);
    }
  }

  /** How an Envoy closes the connections of a listener that changed. */
  public enum Drain {
    /** Spread over the drain time. */
    GRADUAL,
    /** All at the next chance. */
    IMMEDIATE
  }
}
