package io.chancery.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code chancery} with all its subcommands. */
@Command(
    name = "chancery",
    description = "An API gateway control plane for fleets of Envoy proxies.",
    mixinStandardHelpOptions = true,
    subcommands = {
      RunCommand.class,
      ServeCommand.class,
      CheckCommand.class,
      CompileCommand.class,
      BootstrapCommand.class,
      CrdsCommand.class,
      StatusCommand.class,
      NodesCommand.class,
      SnapshotCommand.class,
      HelpCommand.class
    },
    footer = {"", "test [--fast] builds everything and runs all tests."})
public final class Chancery implements Runnable {
  private static final int FAILURE = 1;

  @Spec CommandSpec spec;

  /**
   * Runs a command and returns its exit code. Mistakes of users are one line, never a stack trace.
   */
  public static int execute(String... arguments) {
    return commandLine().execute(arguments);
  }

  /** The command, for callers that give it other streams. */
  public static CommandLine commandLine() {
    return new CommandLine(new Chancery())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((cause, command, _) -> {
          if (!(cause instanceof UserException)) {
            throw cause;
          }
          PrintWriter err = command.getErr();
          err.println("chancery: " + cause.getMessage());
          return FAILURE;
        });
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
