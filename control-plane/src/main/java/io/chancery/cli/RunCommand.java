package io.chancery.cli;

import io.chancery.app.Server;
import io.chancery.app.Settings;
import io.chancery.app.local.DevelopmentSecrets;
import io.chancery.app.local.LocalCompanions;
import io.chancery.app.local.LocalRun;
import io.chancery.app.local.LocalRunException;
import io.chancery.app.local.LocalRunFile;
import io.chancery.compile.Compilation;
import io.chancery.source.JoinedSources;
import io.chancery.source.JoinedSources.Named;
import io.chancery.source.MemorySource;
import io.chancery.source.ObjectTables;
import io.chancery.source.Source;
import io.chancery.source.file.FileSource;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A control plane and a fleet of local Envoys, on one machine. */
@Command(
    name = "run",
    description =
        "Serves a directory with local Envoys; edits take effect at once. Ctrl-C stops everything.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final String EXAMPLE = "examples/shop";
  private static final int EXAMPLE_ENVOYS = 2;
  private static final long FIRST_MILLIS = 120_000;
  private static final long STOP_SECONDS = 9;

  @Spec CommandSpec spec;
  @Mixin ServerOptions options;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "Directory of objects. Default: the example, " + EXAMPLE + ".")
  Optional<Path> directory;

  @Option(
      names = "--envoys",
      paramLabel = "N",
      description = "Envoys for each fleet. Default: 2 for the example, else 1.")
  Optional<Integer> envoys;

  @Override
  public Integer call() throws UserException, InterruptedException {
    Settings settings = options.settings();
    Path dir = directory.orElseGet(RunCommand::example);
    int count = envoys.orElse(directory.isPresent() ? 1 : EXAMPLE_ENVOYS);
    if (!Files.isDirectory(dir)) {
      throw new UserException(
          dir + " is not a directory; name one that holds YAML files of objects");
    }
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().unstarted(() -> awaitStop(stop, stopped)));
    try (LocalCompanions companions = companions(dir, settings)) {
      serve(dir, settings, companions, count, stop);
      return 0;
    } finally {
      stopped.countDown();
    }
  }

  /** The process ends when the hook does: not before everything has been stopped. */
  private static void awaitStop(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      if (!stopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("chancery: not everything stopped in time");
      }
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
    }
  }

  /** Beside the launcher, wherever that was called from. */
  private static Path example() {
    String home = System.getenv("CHANCERY_HOME");
    return home == null ? Path.of(EXAMPLE) : Path.of(home, EXAMPLE);
  }

  private static LocalCompanions companions(Path dir, Settings settings) throws UserException {
    try {
      LocalRun run = LocalRunFile.read(dir);
      return LocalCompanions.start(run, dir, settings.dataDir());
    } catch (LocalRunException cause) {
      throw new UserException(String.valueOf(cause.getMessage()));
    }
  }

  private void serve(
      Path dir, Settings settings, LocalCompanions companions, int count, CountDownLatch stop)
      throws UserException, InterruptedException {
    Compilation compilation = new Compilation();
    FileSource files = new FileSource(List.of(dir), compilation.objects());
    PrintWriter out = spec.commandLine().getOut();
    Changes changes = new Changes(out, problem -> files.place(problem).toString());
    Source source = join(companions, files, compilation.objects());
    try (Server server =
        ServeCommand.start(settings, compilation, source, Optional.empty(), changes)) {
      if (!server.plane().awaitReady(FIRST_MILLIS)) {
        throw new UserException("the directory could not be read; the log says why");
      }
      try (LocalFleet fleet = LocalFleet.start(server.plane(), settings.dataDir(), count, stop)) {
        new Welcome(out, server, companions, files::place).print(dir);
        changes.ready(
            "ready: %d local Envoys run everything; edit the files in %s, Ctrl-C stops"
                .formatted(fleet.size(), dir));
        stop.await();
      }
    }
  }

  private static Source join(LocalCompanions companions, FileSource files, ObjectTables tables) {
    Source development = new MemorySource(DevelopmentSecrets.of(companions.certificates(), tables));
    return new JoinedSources(
        List.of(new Named("files", files), new Named("development", development)), tables);
  }
}
