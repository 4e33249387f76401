package io.chancery.xds;

import java.util.List;
import java.util.Optional;

/**
 * One type of xDS resource. An entry of one ordered list, not an enum, so that a new type is one
 * entry; xds.md T1.
 *
 * @param id short name for people, file names and URLs: {@code listeners}
 * @param typeUrl the type URL of the protocol
 * @param rank place in the order of delivery: a kind comes after the kinds that it refers to
 * @param wildcard whether a subscription may ask for all resources of the kind
 * @param sensitive whether the bodies are secrets, never shown to anybody
 * @param complete whether a state-of-the-world response has to hold all subscribed resources, and
 *     what it lacks is gone
 * @param service serves this kind alone; empty: only the aggregated service does
 */
public record ResourceKind(
    String id,
    String typeUrl,
    int rank,
    boolean wildcard,
    boolean sensitive,
    boolean complete,
    Optional<Service> service)
    implements Comparable<ResourceKind> {
  private static final String TYPES = "type.googleapis.com/envoy.";
  private static final String SERVICES = "envoy.service.";

  public static final ResourceKind SECRET =
      named("secrets", "extensions.transport_sockets.tls.v3.Secret", 0)
          .servedBy("secret.v3.SecretDiscoveryService", "Secrets")
          .secret();
  public static final ResourceKind RUNTIME =
      named("runtimes", "service.runtime.v3.Runtime", 1)
          .servedBy("runtime.v3.RuntimeDiscoveryService", "Runtime");
  public static final ResourceKind CLUSTER =
      named("clusters", "config.cluster.v3.Cluster", 2)
          .servedBy("cluster.v3.ClusterDiscoveryService", "Clusters")
          .whole();
  public static final ResourceKind ENDPOINTS =
      named("endpoints", "config.endpoint.v3.ClusterLoadAssignment", 3)
          .servedBy("endpoint.v3.EndpointDiscoveryService", "Endpoints");
  public static final ResourceKind EXTENSION_CONFIG =
      named("extensionConfigs", "config.core.v3.TypedExtensionConfig", 4)
          .servedBy("extension.v3.ExtensionConfigDiscoveryService", "ExtensionConfigs");
  public static final ResourceKind LISTENER =
      named("listeners", "config.listener.v3.Listener", 5)
          .servedBy("listener.v3.ListenerDiscoveryService", "Listeners")
          .whole();
  public static final ResourceKind ROUTE_CONFIGURATION =
      named("routes", "config.route.v3.RouteConfiguration", 6)
          .servedBy("route.v3.RouteDiscoveryService", "Routes");

  /** By Envoy's code, a state-of-the-world response takes away the scopes that it lacks. */
  public static final ResourceKind SCOPED_ROUTES =
      named("scopedRoutes", "config.route.v3.ScopedRouteConfiguration", 7)
          .servedBy("route.v3.ScopedRoutesDiscoveryService", "ScopedRoutes")
          .whole();

  /** What the rate limit service of Envoy reads, by the aggregated service; no Envoy does. */
  public static final ResourceKind RATE_LIMITS =
      kind("rateLimits", "type.googleapis.com/ratelimit.config.ratelimit.v3.RateLimitConfig", 8);

  /** All kinds in order of delivery. */
  public static final List<ResourceKind> ALL =
      List.of(
          SECRET,
          RUNTIME,
          CLUSTER,
          ENDPOINTS,
          EXTENSION_CONFIG,
          LISTENER,
          ROUTE_CONFIGURATION,
          SCOPED_ROUTES,
          RATE_LIMITS);

  /**
   * A gRPC service for one kind.
   *
   * @param name full name of the service
   * @param resources what its methods are named after: {@code Clusters} of {@code StreamClusters}
   *     and {@code DeltaClusters}
   */
  public record Service(String name, String resources) {}

  /** A kind that is not registered is as one without resources; xds.md T2. */
  public static ResourceKind unknown(String typeUrl) {
    return new ResourceKind(
        "unknown", typeUrl, Integer.MAX_VALUE, true, false, false, Optional.empty());
  }

  private static ResourceKind named(String id, String type, int rank) {
    return kind(id, TYPES + type, rank);
  }

  private static ResourceKind kind(String id, String typeUrl, int rank) {
    return new ResourceKind(id, typeUrl, rank, true, false, false, Optional.empty());
  }

  private ResourceKind servedBy(String name, String resources) {
    Optional<Service> by = Optional.of(new Service(SERVICES + name, resources));
    return new ResourceKind(id, typeUrl, rank, wildcard, sensitive, complete, by);
  }

  /** Nobody may ask for all secrets. */
  private ResourceKind secret() {
    return new ResourceKind(id, typeUrl, rank, false, true, complete, service);
  }

  private ResourceKind whole() {
    return new ResourceKind(id, typeUrl, rank, wildcard, sensitive, true, service);
  }

  public static Optional<ResourceKind> ofTypeUrl(String typeUrl) {
    return ALL.stream().filter(kind -> kind.typeUrl.equals(typeUrl)).findFirst();
  }

  public static Optional<ResourceKind> ofId(String id) {
    return ALL.stream().filter(kind -> kind.id.equals(id)).findFirst();
  }

  @Override
  public int compareTo(ResourceKind other) {
    return Integer.compare(rank, other.rank);
  }

  @Override
  public String toString() {
    return id;
  }
}
