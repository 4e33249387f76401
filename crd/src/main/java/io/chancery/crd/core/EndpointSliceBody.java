package io.chancery.crd.core;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes EndpointSlice. It belongs to the Service that its label {@code
 * kubernetes.io/service-name} names.
 *
 * @param addressType {@code IPv4}, {@code IPv6} or {@code FQDN}
 */
public record EndpointSliceBody(String addressType, List<Endpoint> endpoints, List<Port> ports) {

  /** One endpoint; only its first address counts, as Kubernetes says. */
  public record Endpoint(
      @Required List<String> addresses, @Nullable Conditions conditions, @Nullable String zone) {}

  /**
   * What is known of an endpoint.
   *
   * @param ready null counts as true
   * @param serving null counts as ready
   * @param terminating null counts as false
   */
  public record Conditions(
      @Nullable Boolean ready, @Nullable Boolean serving, @Nullable Boolean terminating) {}

  /** A port of all endpoints of the slice. */
  public record Port(
      @Nullable String name,
      @Min(1) @Max(65535) @Nullable Integer port,
      @Nullable String protocol) {}
}
