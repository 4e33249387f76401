package io.chancery.model;

import java.util.List;

/**
 * One port of a backend: what becomes a cluster.
 *
 * @param ref a Service or a Backend
 * @param http2 whether its endpoints speak HTTP/2
 */
public record Backend(Ref ref, int port, boolean http2, Discovery discovery) {

  /** How its endpoints are found. */
  public sealed interface Discovery {

    /** They are told to Envoy. */
    record Told(List<Endpoint> endpoints) implements Discovery {}

    /** Envoy resolves a name. */
    record Dns(String host, int port, long refreshMillis) implements Discovery {}
  }

  /**
   * One endpoint.
   *
   * @param zone empty if not known
   */
  public record Endpoint(String address, int port, int weight, String zone, boolean draining) {}
}
