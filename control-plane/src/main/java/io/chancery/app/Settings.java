package io.chancery.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Configuration of the control plane.
 *
 * @param dataDir holds tools, logs and development keys
 * @param xds where Envoys connect
 * @param xdsTlsDir certificates for mutual TLS with Envoys; empty: plain text
 * @param admin where people and tools ask
 * @param files directories or files of objects
 */
public record Settings(
    Path dataDir, Endpoint xds, Optional<Path> xdsTlsDir, Endpoint admin, List<Path> files) {

  /**
   * An address to listen on.
   *
   * @param port 0 for any free port
   */
  public record Endpoint(String host, int port) {}
}
