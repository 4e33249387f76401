package io.chancery.cli;

import io.chancery.bootstrap.Bootstrap;
import io.chancery.bootstrap.NodeIdentity;
import io.chancery.bootstrap.XdsAddress;
import io.chancery.bootstrap.XdsTls;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the bootstrap of an Envoy. */
@Command(
    name = "bootstrap",
    description = "Prints the bootstrap of an Envoy that joins a fleet.",
    mixinStandardHelpOptions = true)
final class BootstrapCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = "--fleet",
      required = true,
      paramLabel = "FLEET",
      description = "The fleet to join.")
  String fleet;

  @Option(
      names = "--node",
      required = true,
      paramLabel = "ID",
      description = "Name of the node, unique in the fleet.")
  String node;

  @Option(
      names = "--xds",
      paramLabel = "HOST:PORT",
      split = ",",
      defaultValue = "127.0.0.1:18000",
      description = "Where the control plane serves xDS. Default: ${DEFAULT-VALUE}.")
  List<String> servers;

  @Option(
      names = "--admin-socket",
      paramLabel = "FILE",
      defaultValue = "/tmp/envoy-admin.sock",
      description = "Unix socket of Envoy's admin interface. Default: ${DEFAULT-VALUE}.")
  Path adminSocket;

  @Option(
      names = "--tls-dir",
      paramLabel = "DIR",
      description = "Holds tls.crt, tls.key and ca.crt for mTLS.")
  Optional<Path> tlsDir;

  @Override
  public Integer call() throws UserException {
    try {
      List<XdsAddress> addresses = servers.stream().map(XdsAddress::parse).toList();
      Bootstrap bootstrap =
          new Bootstrap(
              new NodeIdentity(fleet, node),
              addresses,
              tlsDir.map(XdsTls::new),
              adminSocket,
              OptionalLong.empty());
      spec.commandLine().getOut().print(bootstrap.yaml());
      spec.commandLine().getOut().flush();
      if (tlsDir.isPresent()) {
        giveSecretFiles(tlsDir.get());
      }
      return 0;
    } catch (IllegalArgumentException cause) {
      throw new UserException(String.valueOf(cause.getMessage()));
    } catch (IOException cause) {
      throw new UserException(
          "cannot write to " + tlsDir.orElseThrow() + ": " + cause.getMessage());
    }
  }

  /** Two small files stand beside the certificates; where those are elsewhere, they are printed. */
  private void giveSecretFiles(Path directory) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    for (Map.Entry<String, String> file : new XdsTls(directory).secretFiles().entrySet()) {
      Path path = directory.resolve(file.getKey());
      if (Files.isDirectory(directory)) {
        Files.writeString(path, file.getValue());
        err.println("chancery: wrote " + path);
      } else {
        err.println("chancery: on the machine of the Envoy, " + path + " must hold:");
        err.println(file.getValue());
      }
    }
  }
}
