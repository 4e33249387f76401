package io.chancery.cli;

import io.chancery.app.ControlPlane;
import io.chancery.app.Settings;
import io.chancery.compile.Compilation;
import io.chancery.source.Source;
import io.chancery.source.file.FileSource;
import io.chancery.stream.StreamMetrics;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Serves a fleet from files. */
@Command(
    name = "serve",
    description = "Serves xDS and the admin API.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final long FIRST_MILLIS = 120_000;

  @Spec CommandSpec spec;
  @Mixin ServerOptions options;

  @Override
  public Integer call() throws UserException, InterruptedException {
    Settings settings = options.settings();
    if (settings.files().isEmpty()) {
      throw new UserException("nothing to serve; name directories of objects in sources.files");
    }
    Compilation compilation = new Compilation();
    List<Source> sources = List.of(new FileSource(settings.files(), compilation.objects()));
    Changes changes = new Changes(spec.commandLine().getOut());
    CountDownLatch stop = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(stop::countDown));
    try (ControlPlane plane = start(settings, compilation, sources, changes)) {
      plane.start();
      if (!plane.awaitReady(FIRST_MILLIS)) {
        throw new UserException("the sources could not be read; the log says why");
      }
      changes.ready("ready: xDS on " + settings.xds().host() + ":" + plane.xdsPort());
      stop.await();
      return 0;
    }
  }

  static ControlPlane start(
      Settings settings, Compilation compilation, List<Source> sources, Changes changes)
      throws UserException {
    try {
      ControlPlane plane =
          new ControlPlane(
              compilation, sources, settings.xds(), StreamMetrics.NONE, changes::compiled);
      changes.follow(plane);
      return plane;
    } catch (IOException cause) {
      throw new UserException(
          "cannot listen for xDS on port "
              + settings.xds().port()
              + ": "
              + cause.getMessage()
              + "; choose another with --xds-port");
    } catch (IllegalArgumentException cause) {
      throw new UserException(String.valueOf(cause.getMessage()));
    }
  }
}
