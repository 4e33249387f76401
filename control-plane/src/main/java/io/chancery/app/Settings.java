package io.chancery.app;

import java.nio.file.Path;
import java.util.List;

/**
 * Configuration of the control plane.
 *
 * @param dataDir holds tools, logs and development keys
 * @param xds where Envoys connect
 * @param admin where people and tools ask
 * @param files directories or files of objects
 */
public record Settings(Path dataDir, Endpoint xds, Endpoint admin, List<Path> files) {

  /**
   * An address to listen on.
   *
   * @param port 0 for any free port
   */
  public record Endpoint(String host, int port) {}
}
