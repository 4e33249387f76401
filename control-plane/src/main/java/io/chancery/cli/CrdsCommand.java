package io.chancery.cli;

import io.chancery.crd.CrdFiles;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the definitions of the own kinds. */
@Command(
    name = "crds",
    description = "Prints the CustomResourceDefinitions of the own kinds, for kubectl apply -f -.",
    mixinStandardHelpOptions = true)
final class CrdsCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(String.join("---\n", CrdFiles.all()));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
