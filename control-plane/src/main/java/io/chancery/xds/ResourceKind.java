package io.chancery.xds;

import java.util.List;
import java.util.Optional;

/**
 * One type of xDS resource. An entry of one ordered list, not an enum, so that a new type is one
 * line; xds.md T1.
 *
 * @param id short name for people, file names and URLs: {@code listeners}
 * @param typeUrl the type URL of the protocol
 * @param rank place in the order of delivery: a kind comes after the kinds that it refers to
 * @param wildcard whether a subscription may ask for all resources of the kind
 * @param sensitive whether the bodies are secrets, never shown to anybody
 */
public record ResourceKind(String id, String typeUrl, int rank, boolean wildcard, boolean sensitive)
    implements Comparable<ResourceKind> {
  private static final String PREFIX = "type.googleapis.com/envoy.";

  public static final ResourceKind SECRET =
      new ResourceKind(
          "secrets", PREFIX + "extensions.transport_sockets.tls.v3.Secret", 0, false, true);
  public static final ResourceKind RUNTIME =
      new ResourceKind("runtimes", PREFIX + "service.runtime.v3.Runtime", 1, true, false);
  public static final ResourceKind CLUSTER =
      new ResourceKind("clusters", PREFIX + "config.cluster.v3.Cluster", 2, true, false);
  public static final ResourceKind ENDPOINTS =
      new ResourceKind(
          "endpoints", PREFIX + "config.endpoint.v3.ClusterLoadAssignment", 3, true, false);
  public static final ResourceKind EXTENSION_CONFIG =
      new ResourceKind(
          "extensionConfigs", PREFIX + "config.core.v3.TypedExtensionConfig", 4, true, false);
  public static final ResourceKind LISTENER =
      new ResourceKind("listeners", PREFIX + "config.listener.v3.Listener", 5, true, false);
  public static final ResourceKind ROUTE_CONFIGURATION =
      new ResourceKind("routes", PREFIX + "config.route.v3.RouteConfiguration", 6, true, false);
  public static final ResourceKind SCOPED_ROUTES =
      new ResourceKind(
          "scopedRoutes", PREFIX + "config.route.v3.ScopedRouteConfiguration", 7, true, false);

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
          SCOPED_ROUTES);

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
