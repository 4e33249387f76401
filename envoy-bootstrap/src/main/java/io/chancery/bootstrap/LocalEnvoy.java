package io.chancery.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * An Envoy that runs as a child of this process and never outlives it, also when this process is
 * killed: a small shell process between the two ends Envoy when its pipe to us closes ({@code
 * supervisor.sh}).
 */
public final class LocalEnvoy implements AutoCloseable {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

  private final LocalEnvoySpec spec;
  private final AdminSocket adminSocket;
  private final EnvoyAdmin admin;
  private final SupervisedProcess process;

  private LocalEnvoy(LocalEnvoySpec spec, AdminSocket adminSocket, SupervisedProcess process) {
    this.spec = spec;
    this.adminSocket = adminSocket;
    this.admin = new EnvoyAdmin(adminSocket.path());
    this.process = process;
  }

  /**
   * Writes the bootstrap into the directory and starts Envoy; returns before Envoy serves. The log
   * of an earlier run is kept once, as {@code envoy.log.1}.
   *
   * @throws IOException if the directory cannot be written or the process cannot be started
   */
  public static LocalEnvoy start(LocalEnvoySpec spec) throws IOException {
    Files.createDirectories(spec.directory());
    AdminSocket adminSocket = AdminSocket.near(spec.directory());
    Bootstrap bootstrap = new Bootstrap(spec.node(), spec.servers(), adminSocket.path());
    Files.writeString(file(spec, "bootstrap.yaml"), bootstrap.yaml());
    SupervisedProcess.Places places = SupervisedProcess.Places.in(spec.directory());
    keepEarlier(places.log());
    keepEarlier(places.output());
    SupervisedProcess process =
        SupervisedProcess.start(command(spec), places, spec.tuning().stopLimit());
    return new LocalEnvoy(spec, adminSocket, process);
  }

  private static List<String> command(LocalEnvoySpec spec) {
    LocalEnvoySpec.Tuning tuning = spec.tuning();
    List<String> command = new ArrayList<>();
    command.add(spec.binary().path().toString());
    command.addAll(List.of("-c", file(spec, "bootstrap.yaml").toString()));
    // Hot restart shares memory by a base id, over which several Envoys on one machine would
    // collide.
    command.add("--disable-hot-restart");
    command.addAll(List.of("--concurrency", Integer.toString(tuning.workers())));
    command.addAll(List.of("--drain-time-s", Long.toString(tuning.drainTime().toSeconds())));
    command.addAll(List.of("--drain-strategy", tuning.drain().name().toLowerCase(Locale.ROOT)));
    command.addAll(List.of("--log-level", tuning.logLevel()));
    return command;
  }

  private static Path file(LocalEnvoySpec spec, String name) {
    return spec.directory().resolve(name);
  }

  private static void keepEarlier(Path log) throws IOException {
    if (Files.exists(log)) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Who this Envoy is. */
  public NodeIdentity node() {
    return spec.node();
  }

  /** Process id of Envoy itself. */
  public long pid() {
    return process.pid();
  }

  /** Whether Envoy runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its admin interface. */
  public EnvoyAdmin admin() {
    return admin;
  }

  /** Where its admin interface listens. */
  public Path adminSocket() {
    return adminSocket.path();
  }

  /** Why the admin socket is not in the directory of this Envoy; empty if it is. */
  public Optional<String> adminSocketNote() {
    return adminSocket.note();
  }

  /** Envoy's own log. */
  public Path log() {
    return file(spec, "envoy.log");
  }

  /** Completes when Envoy has ended, whoever ended it. */
  public CompletableFuture<Exit> onExit() {
    return process.onExit();
  }

  /**
   * Waits until Envoy is live: it has its first configuration, or gave up waiting for it.
   *
   * @throws IOException if it ends before, or is not live within the limit; the message has the end
   *     of its log
   */
  public void awaitLive(Duration limit) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!admin.awaitLive(POLL_INTERVAL)) {
      if (!isAlive()) {
        throw new IOException("Envoy " + node().id() + " ended at its start: " + lastOfLog());
      }
      if (System.nanoTime() - deadline >= 0) {
        throw new IOException(
            "Envoy " + node().id() + " is not live after " + limit + ": " + lastOfLog());
      }
    }
  }

  private String lastOfLog() {
    return LogTail.last(log());
  }

  /**
   * Stops Envoy: SIGTERM, and SIGKILL after the stop limit. Returns when it has ended; may be
   * called again.
   */
  @Override
  public void close() {
    process.stop();
    adminSocket.delete();
  }
}
