package io.chancery.stream;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chancery.xds.Resource;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import java.util.Optional;

/** Finds the endpoints that a cluster is incomplete without. */
final class EndpointNames {
  private EndpointNames() {}

  /** The ClusterLoadAssignment that the cluster subscribes to, if it is of the type EDS. */
  static Optional<String> of(Resource cluster) {
    try {
      Cluster message = Cluster.parseFrom(cluster.bytes());
      if (message.getType() != Cluster.DiscoveryType.EDS) {
        return Optional.empty();
      }
      String service = message.getEdsClusterConfig().getServiceName();
      return Optional.of(service.isEmpty() ? message.getName() : service);
    } catch (InvalidProtocolBufferException cause) {
      throw new IllegalStateException("not a cluster: " + cluster, cause);
    }
  }
}
