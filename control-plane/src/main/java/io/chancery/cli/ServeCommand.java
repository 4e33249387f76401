package io.chancery.cli;

import io.chancery.app.Cluster;
import io.chancery.app.Server;
import io.chancery.app.Settings;
import io.chancery.compile.Compilation;
import io.chancery.source.Source;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Serves fleets from files, from Kubernetes, or from both. */
@Command(
    name = "serve",
    description = "Serves xDS and the admin API.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final String STALE =
      "the stored snapshots are served until the sources have been read";
  private static final long FIRST_MILLIS = 120_000;

  @Spec CommandSpec spec;
  @Mixin ServerOptions options;

  @Override
  public Integer call() throws UserException, InterruptedException {
    Settings settings = options.settings();
    Compilation compilation = new Compilation();
    try (Sources sources = Sources.open(settings, compilation.objects())) {
      return serve(settings, compilation, sources);
    }
  }

  private int serve(Settings settings, Compilation compilation, Sources sources)
      throws UserException, InterruptedException {
    sources.files().ifPresent(HangUp::rescans);
    Changes changes = new Changes(spec.commandLine().getOut(), sources::text);
    Source source = sources.joined(compilation.objects());
    CountDownLatch stop = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(stop::countDown));
    try (Server server = start(settings, compilation, source, sources.kubernetes(), changes)) {
      if (!server.plane().isStale() && !server.plane().awaitReady(FIRST_MILLIS)) {
        throw new UserException(String.join("; ", server.waitingFor()) + "; the log says why");
      }
      changes.ready(
          "ready: xDS on %s:%d, admin API on http://%s:%d%s"
              .formatted(
                  settings.xds().host(),
                  server.plane().xdsPort(),
                  settings.admin().host(),
                  server.adminPort(),
                  server.plane().isStale() ? "; " + STALE : ""));
      stop.await();
      return 0;
    }
  }

  static Server start(
      Settings settings,
      Compilation compilation,
      Source source,
      Optional<Cluster> cluster,
      Changes changes)
      throws UserException {
    try {
      Server server = new Server(settings, compilation, source, cluster, changes::compiled);
      changes.follow(server.plane());
      return server;
    } catch (RuntimeException cause) {
      throw new UserException(
          "cannot serve: %s; other ports can be chosen with --xds-port and --admin-port"
              .formatted(reason(cause)));
    }
  }

  /** Libraries wrap what the system said; the innermost words are those that help. */
  private static String reason(Throwable cause) {
    Throwable innermost = cause;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String words = String.valueOf(innermost.getMessage());
    return innermost.equals(cause) ? words : cause.getMessage() + ": " + words;
  }
}
