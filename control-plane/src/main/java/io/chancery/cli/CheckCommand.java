package io.chancery.cli;

import io.chancery.inspect.LargeTables;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Validates directories and prints one line for each problem. What is valid but costly is a warning
 * on the error output, and no failure.
 */
@Command(
    name = "check",
    description = "Validates objects; prints one line for each problem.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "DIR", description = "Directories or files of objects.")
  List<Path> directories;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = ".chancery",
      description = "Default: ${DEFAULT-VALUE}.")
  Path dataDir;

  @Override
  public Integer call() throws UserException {
    Offline offline = Offline.load(directories, dataDir);
    offline.problems().forEach(problem -> spec.commandLine().getOut().println(problem));
    LargeTables.warnings(offline.compiled())
        .forEach(warning -> spec.commandLine().getErr().println("warning: " + warning));
    return offline.problems().isEmpty() ? 0 : 1;
  }
}
