package io.chancery.cli;

import io.chancery.app.Settings;
import io.chancery.app.SettingsException;
import io.chancery.app.SettingsReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * Options that {@code run} and {@code serve} share. They win over the environment, and that over
 * the file.
 */
final class ServerOptions {
  @Option(names = "--config", paramLabel = "FILE", description = "Configuration file.")
  Optional<Path> config;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Tools, logs and keys. Default: .chancery.")
  Optional<String> dataDir;

  @Option(
      names = "--xds-port",
      paramLabel = "PORT",
      description = "Where Envoys connect; 0: any. Default: 18000.")
  Optional<String> xdsPort;

  @Option(
      names = "--admin-port",
      paramLabel = "PORT",
      description = "Admin API; 0: any. Default: 18080.")
  Optional<String> adminPort;

  Settings settings() throws UserException {
    Map<String, String> flags = new LinkedHashMap<>();
    dataDir.ifPresent(value -> flags.put("dataDir", value));
    xdsPort.ifPresent(value -> flags.put("xds.port", value));
    adminPort.ifPresent(value -> flags.put("admin.port", value));
    try {
      return SettingsReader.read(config, System.getenv(), flags);
    } catch (SettingsException cause) {
      throw new UserException(String.valueOf(cause.getMessage()));
    }
  }
}
