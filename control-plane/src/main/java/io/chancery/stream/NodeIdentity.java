package io.chancery.stream;

import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.type.v3.SemanticVersion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who is at the other end of a stream; known from its first message on (xds.md P2). */
record NodeIdentity(String fleet, String id, String build, String locality) {

  /** From the first message; empty if the node does not say who it is. */
  static Optional<NodeIdentity> of(Node node) {
    if (node.getCluster().isEmpty() || node.getId().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new NodeIdentity(
            node.getCluster(), node.getId(), build(node), locality(node.getLocality())));
  }

  private static String build(Node node) {
    if (!node.hasUserAgentBuildVersion()) {
      return "";
    }
    SemanticVersion version = node.getUserAgentBuildVersion().getVersion();
    return version.getMajorNumber() + "." + version.getMinorNumber() + "." + version.getPatch();
  }

  private static String locality(Locality locality) {
    List<String> parts =
        Stream.of(locality.getRegion(), locality.getZone(), locality.getSubZone())
            .filter(part -> !part.isEmpty())
            .toList();
    return parts.stream().collect(Collectors.joining("/"));
  }
}
