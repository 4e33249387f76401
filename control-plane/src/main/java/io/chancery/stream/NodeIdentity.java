package io.chancery.stream;

import com.google.common.base.Joiner;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.type.v3.SemanticVersion;
import java.util.Objects;
import java.util.stream.Stream;

/** Who a stream says it is; xds.md P2. Taken from its first message and kept. */
record NodeIdentity(
    String fleet, String id, String build, String locality, ClientFeatures features) {

  /**
   * Reads the message's node.
   *
   * @throws IllegalArgumentException with the reason for the client, if a needed field is missing
   */
  static NodeIdentity of(Node node) {
    require(node.getCluster(), "node.cluster", "the name of the fleet");
    require(node.getId(), "node.id", "a name unique in the fleet");
    return new NodeIdentity(
        node.getCluster(), node.getId(), build(node), locality(node), ClientFeatures.of(node));
  }

  private static void require(String value, String field, String expected) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          field + " is missing in the first message of the stream; expected " + expected);
    }
  }

  private static String build(Node node) {
    if (!node.hasUserAgentBuildVersion()) {
      return node.getUserAgentVersion();
    }
    SemanticVersion version = node.getUserAgentBuildVersion().getVersion();
    return Joiner.on('.')
        .join(version.getMajorNumber(), version.getMinorNumber(), version.getPatch());
  }

  private static String locality(Node node) {
    Locality locality = node.getLocality();
    return String.join(
        "/",
        Stream.of(locality.getRegion(), locality.getZone(), locality.getSubZone())
            .map(Objects::requireNonNull)
            .filter(part -> !part.isEmpty())
            .toList());
  }
}
