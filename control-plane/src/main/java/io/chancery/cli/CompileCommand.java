package io.chancery.cli;

import io.chancery.inspect.CompiledTrees;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what directories compile to. */
@Command(
    name = "compile",
    description = "Prints the xDS resources of each fleet and the status of each object.",
    mixinStandardHelpOptions = true)
final class CompileCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "DIR", description = "Directories or files of objects.")
  List<Path> directories;

  @Option(names = "--fleet", paramLabel = "FLEET", description = "Only this fleet.")
  Optional<String> fleet;

  @Option(
      names = "-o",
      paramLabel = "FORMAT",
      defaultValue = "yaml",
      description = "yaml or json. Default: ${DEFAULT-VALUE}.")
  Format format;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = ".chancery",
      description = "Default: ${DEFAULT-VALUE}.")
  Path dataDir;

  /** Forms of output. */
  enum Format {
    yaml,
    json
  }

  @Override
  public Integer call() throws UserException {
    Offline offline = Offline.load(directories, dataDir);
    CompiledTrees trees = new CompiledTrees(offline.compiled(), fleet);
    spec.commandLine().getOut().print(format == Format.json ? trees.json() : trees.yaml());
    spec.commandLine().getOut().flush();
    offline.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
    return offline.problems().isEmpty() ? 0 : 1;
  }
}
