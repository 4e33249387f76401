package io.chancery.compile;

import com.google.protobuf.UInt32Value;
import io.chancery.model.Backend;
import io.chancery.model.Backend.Discovery;
import io.chancery.model.Backend.Endpoint;
import io.chancery.model.BackendKey;
import io.chancery.policy.ClusterDefaults;
import io.chancery.xds.Ads;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Backends as clusters, and their endpoints as load assignments. */
final class ClusterCompiler {
  private ClusterCompiler() {}

  /** The cluster of one port of a backend. It depends on nothing else, and on no endpoint. */
  static Resource cluster(Backend backend) {
    String name = new BackendKey(backend.ref(), backend.port()).clusterName();
    Cluster.Builder cluster = ClusterDefaults.cluster(name, backend.http2());
    switch (backend.discovery()) {
      case Discovery.Told _ ->
          cluster
              .setType(Cluster.DiscoveryType.EDS)
              .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder().setEdsConfig(Ads.SOURCE));
      case Discovery.Dns(var host, var port, var refreshMillis) ->
          ClusterDefaults.resolve(cluster, host, port, refreshMillis);
    }
    return Resource.of(ResourceKind.CLUSTER, name, cluster.build(), Set.of(backend.ref()));
  }

  /** The endpoints of one port of a backend; empty if Envoy finds them itself. */
  static Optional<Resource> endpoints(Backend backend) {
    return switch (backend.discovery()) {
      case Discovery.Dns _ -> Optional.empty();
      case Discovery.Told(var endpoints) -> Optional.of(endpoints(backend, endpoints));
    };
  }

  private static Resource endpoints(Backend backend, List<Endpoint> endpoints) {
    String name = new BackendKey(backend.ref(), backend.port()).clusterName();
    Map<String, List<Endpoint>> byZone =
        endpoints.stream()
            .collect(Collectors.groupingBy(Endpoint::zone, TreeMap::new, Collectors.toList()));
    ClusterLoadAssignment.Builder assignment =
        ClusterLoadAssignment.newBuilder().setClusterName(name);
    byZone.forEach((zone, members) -> assignment.addEndpoints(locality(zone, members)));
    return Resource.of(ResourceKind.ENDPOINTS, name, assignment.build(), Set.of(backend.ref()));
  }

  private static LocalityLbEndpoints locality(String zone, List<Endpoint> members) {
    LocalityLbEndpoints.Builder locality = LocalityLbEndpoints.newBuilder();
    if (!zone.isEmpty()) {
      locality.setLocality(Locality.newBuilder().setZone(zone));
    }
    members.forEach(endpoint -> locality.addLbEndpoints(lbEndpoint(endpoint)));
    return locality.build();
  }

  private static LbEndpoint lbEndpoint(Endpoint endpoint) {
    LbEndpoint.Builder message =
        ClusterDefaults.endpoint(endpoint.address(), endpoint.port())
            .setLoadBalancingWeight(UInt32Value.of(endpoint.weight()));
    if (endpoint.draining()) {
      message.setHealthStatus(HealthStatus.DRAINING);
    }
    return message.build();
  }
}
