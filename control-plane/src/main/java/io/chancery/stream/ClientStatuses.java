package io.chancery.stream;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.chancery.snapshot.LogEntry;
import io.chancery.snapshot.NodeKey;
import io.chancery.snapshot.NodeState;
import io.chancery.snapshot.Snapshot;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.admin.v3.ClientResourceStatus;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.status.v3.ClientConfig;
import io.envoyproxy.envoy.service.status.v3.ClientConfig.GenericXdsConfig;
import io.envoyproxy.envoy.service.status.v3.ClientStatusRequest;
import io.envoyproxy.envoy.service.status.v3.ClientStatusResponse;
import io.envoyproxy.envoy.service.status.v3.ConfigStatus;
import io.envoyproxy.envoy.type.matcher.v3.NodeMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.grpc.Status;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What each connected node runs, resource by resource, in the words of Envoy's client status
 * discovery service; xds.md M2. Contents are left out: some are secret, and the admin API shows the
 * others.
 */
final class ClientStatuses {
  /** A response has to stay below the 4 MiB that clients of gRPC take. */
  private static final int MAX_RESOURCES = 20_000;

  private final Feed feed;

  ClientStatuses(Feed feed) {
    this.feed = feed;
  }

  /**
   * The nodes that are asked for.
   *
   * @param peer who asks, by its certificate; it is told of itself only. In plain text, on the
   *     loopback interface, all are told
   * @throws io.grpc.StatusRuntimeException if the request cannot be answered
   */
  ClientStatusResponse answer(ClientStatusRequest request, Optional<PeerIdentity> peer) {
    Map<NodeKey, Map<ResourceKind, NodeState.KindState>> asked = new LinkedHashMap<>();
    for (NodeState node : feed.nodes().nodes()) {
      boolean visible = peer.map(it -> it.key().equals(NodeKey.of(node))).orElse(true);
      if (visible && matches(request.getNodeMatchersList(), node.id())) {
        // A node that asks by type has a stream for each of them.
        asked.computeIfAbsent(NodeKey.of(node), _ -> new TreeMap<>()).putAll(node.kinds());
      }
    }
    requireBounded(asked);
    ClientStatusResponse.Builder response = ClientStatusResponse.newBuilder();
    Map<String, Map<ResourceKind, Map<String, Instant>>> changed = new HashMap<>();
    asked.forEach((node, kinds) ->
        response.addConfig(
            config(
                node, kinds, changed.computeIfAbsent(node.fleet(), feed.snapshots()::remembered))));
    return response.build();
  }

  private static boolean matches(List<NodeMatcher> matchers, String id) {
    return matchers.isEmpty() || matchers.stream().anyMatch(matcher -> matches(matcher, id));
  }

  private static boolean matches(NodeMatcher matcher, String id) {
    StringMatcher wanted = matcher.getNodeId();
    boolean found =
        switch (wanted.getMatchPatternCase()) {
          case EXACT -> id.equals(wanted.getExact());
          case PREFIX -> id.startsWith(wanted.getPrefix());
          case SUFFIX -> id.endsWith(wanted.getSuffix());
          case CONTAINS -> id.contains(wanted.getContains());
          default -> throw unsupported();
        };
    if (matcher.getNodeMetadatasCount() > 0 || wanted.getIgnoreCase()) {
      throw unsupported();
    }
    return found;
  }

  private static RuntimeException unsupported() {
    return Status.INVALID_ARGUMENT
        .withDescription(
            "node_matchers: expected node_id with exact, prefix, suffix or contains, and nothing"
                + " else")
        .asRuntimeException();
  }

  private void requireBounded(Map<NodeKey, Map<ResourceKind, NodeState.KindState>> asked) {
    long size = 0;
    for (var node : asked.entrySet()) {
      Snapshot snapshot = feed.snapshots().snapshot(node.getKey().fleet());
      for (ResourceKind kind : node.getValue().keySet()) {
        size += snapshot.resources(kind).size();
      }
    }
    if (size > MAX_RESOURCES) {
      throw Status.RESOURCE_EXHAUSTED
          .withDescription(
              "the nodes that are asked for have %d resources together; at most %d are told at once;"
                      .formatted(size, MAX_RESOURCES)
                  + " name fewer nodes in node_matchers")
          .asRuntimeException();
    }
  }

  private ClientConfig config(
      NodeKey node,
      Map<ResourceKind, NodeState.KindState> kinds,
      Map<ResourceKind, Map<String, Instant>> changed) {
    Snapshot snapshot = feed.snapshots().snapshot(node.fleet());
    ClientConfig.Builder config =
        ClientConfig.newBuilder()
            .setNode(Node.newBuilder().setCluster(node.fleet()).setId(node.id()));
    kinds.forEach((kind, state) -> {
      Progress progress =
          new Progress(
              state, pending(node.fleet(), kind, state), changed.getOrDefault(kind, Map.of()));
      snapshot
          .resources(kind)
          .values()
          .forEach(resource -> config.addGenericXdsConfigs(generic(resource, progress)));
    });
    return config.build();
  }

  /**
   * How far a node is with a kind.
   *
   * @param pending names that changed after what the node accepted; empty: perhaps all
   * @param changed when a name got its version, where that is remembered
   */
  private record Progress(
      NodeState.KindState state, Optional<Set<String>> pending, Map<String, Instant> changed) {}

  private Optional<Set<String>> pending(
      String fleet, ResourceKind kind, NodeState.KindState state) {
    return feed.snapshots()
        .since(fleet, kind, state.acked())
        .map(entries -> entries.stream().map(LogEntry::name).collect(Collectors.toSet()));
  }

  private static GenericXdsConfig generic(Resource resource, Progress progress) {
    GenericXdsConfig.Builder config =
        GenericXdsConfig.newBuilder()
            .setTypeUrl(resource.kind().typeUrl())
            .setName(resource.name())
            .setVersionInfo(resource.version().hex());
    Optional.ofNullable(progress.changed.get(resource.name()))
        .ifPresent(at -> config.setLastUpdated(timestamp(at)));
    boolean refused = resource.version().equals(progress.state.rejected().get(resource.name()));
    if (refused) {
      config.setConfigStatus(ConfigStatus.ERROR).setClientStatus(ClientResourceStatus.NACKED);
      progress.state.lastNack().ifPresent(nack -> explain(config, nack));
    } else if (progress.pending.map(names -> names.contains(resource.name())).orElse(true)) {
      config
          .setConfigStatus(progress.state.acked() == 0 ? ConfigStatus.NOT_SENT : ConfigStatus.STALE)
          .setClientStatus(ClientResourceStatus.REQUESTED);
    } else {
      config.setConfigStatus(ConfigStatus.SYNCED).setClientStatus(ClientResourceStatus.ACKED);
    }
    return config.build();
  }

  private static void explain(GenericXdsConfig.Builder config, NodeState.Nack nack) {
    config
        .getErrorStateBuilder()
        .setDetails(nack.detail())
        .setVersionInfo(config.getVersionInfo())
        .setLastUpdateAttempt(timestamp(nack.at()));
  }

  private static Timestamp timestamp(Instant at) {
    return Timestamps.fromMillis(at.toEpochMilli());
  }
}
