package io.chancery.bootstrap;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.List;
import java.util.Optional;

/**
 * Who an Envoy says it is. With mTLS the certificate decides and these claims must agree with it.
 *
 * @param fleet the fleet it belongs to; Envoy's {@code node.cluster}; not empty
 * @param id unique within the fleet; Envoy's {@code node.id}; not empty
 * @param locality where it runs, for zone-aware balancing
 */
public record NodeIdentity(String fleet, String id, Optional<Place> locality) {
  /** What each Envoy understands, and does not say by itself: resources with a time to live. */
  private static final List<String> FEATURES =
      List.of("xds.config.supports-resource-ttl", "xds.config.resource-in-sotw");

  /** Refuses an empty fleet or id, which Envoy would take and then never be served. */
  public NodeIdentity {
    requireNamed("fleet", fleet);
    requireNamed("id", id);
  }

  /** An Envoy whose location is of no interest. */
  public NodeIdentity(String fleet, String id) {
    this(fleet, id, Optional.empty());
  }

  /**
   * Where an Envoy runs.
   *
   * @param region such as {@code eu-central}; may be empty
   * @param zone such as {@code eu-central-1a}; may be empty
   */
  public record Place(String region, String zone) {}

  Node message() {
    Node.Builder node =
        Node.newBuilder().setId(id).setCluster(fleet).addAllClientFeatures(FEATURES);
    locality.ifPresent(
        place -> node.getLocalityBuilder().setRegion(place.region()).setZone(place.zone()));
    return node.build();
  }

  private static void requireNamed(String component, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(
          "node " + component + " is empty; expected a name, such as default or edge-1");
    }
  }
}
