package io.chancery.app;

import io.chancery.source.kubernetes.KubernetesScope;
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
 * @param kubernetes the API server to read, if one is read
 */
public record Settings(
    Path dataDir,
    Endpoint xds,
    Optional<Path> xdsTlsDir,
    Endpoint admin,
    List<Path> files,
    Optional<Kubernetes> kubernetes) {

  /**
   * An API server, and what of it is read.
   *
   * @param kubeconfig that of {@code KUBECONFIG}, of the home directory, or the pod's own account
   *     if empty
   * @param context of the kubeconfig; its current one if empty
   * @param writesStatus whether statuses are written, by one replica at a time
   * @param leaseNamespace where the Lease is by which replicas agree who writes
   */
  public record Kubernetes(
      Optional<Path> kubeconfig,
      Optional<String> context,
      KubernetesScope scope,
      boolean writesStatus,
      String leaseNamespace) {}

  /**
   * An address to listen on.
   *
   * @param port 0 for any free port
   */
  public record Endpoint(String host, int port) {}
}
