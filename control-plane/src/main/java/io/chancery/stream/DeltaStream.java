package io.chancery.stream;

import com.google.protobuf.Any;
import io.chancery.snapshot.NodeState;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.Publication;
import io.chancery.snapshot.Snapshot;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One delta ADS stream. Everything happens on the xDS thread, so there are no locks. */
final class DeltaStream {
  private static final Logger LOG = LoggerFactory.getLogger(DeltaStream.class);
  private static final int MAX_DETAIL = 4_096;

  /** A client that answers nothing for so long is not there. */
  private static final long ACK_NANOS = 90_000_000_000L;

  private final long number;
  private final SnapshotStore store;
  private final Nodes nodes;
  private final StreamMetrics metrics;
  private final ServerCallStreamObserver<DeltaDiscoveryResponse> client;
  private final Instant connectedSince = Instant.now();
  private final Map<String, TypeState> types = new LinkedHashMap<>();

  /**
   * Clusters that the client took and whose endpoints it has not taken yet, with the time of the
   * one.
   */
  private final Map<String, Long> warming = new HashMap<>();

  private @Nullable NodeIdentity node;
  private long nonces;

  DeltaStream(
      long number,
      SnapshotStore store,
      Nodes nodes,
      StreamMetrics metrics,
      ServerCallStreamObserver<DeltaDiscoveryResponse> client) {
    this.number = number;
    this.store = store;
    this.nodes = nodes;
    this.metrics = metrics;
    this.client = client;
  }

  void receive(DeltaDiscoveryRequest request) {
    if (node == null && !identify(request)) {
      return;
    }
    if (request.getTypeUrl().isEmpty()) {
      fail(
          Status.INVALID_ARGUMENT.withDescription(
              "type_url is missing; ADS needs it in each request"));
      return;
    }
    boolean first = !types.containsKey(request.getTypeUrl());
    TypeState type = types.computeIfAbsent(request.getTypeUrl(), this::newType);
    answer(type, request);
    if (first) {
      type.claim(request.getInitialResourceVersionsMap());
    }
    boolean changesNothing =
        request.getResourceNamesSubscribeCount() == 0
            && request.getResourceNamesUnsubscribeCount() == 0;
    if (first || !changesNothing) {
      type.subscribe(
          request.getResourceNamesSubscribeList(),
          request.getResourceNamesUnsubscribeList(),
          first,
          snapshot());
    }
    pump();
  }

  private boolean identify(DeltaDiscoveryRequest request) {
    Optional<NodeIdentity> identity = NodeIdentity.of(request.getNode());
    if (identity.isEmpty()) {
      fail(
          Status.INVALID_ARGUMENT.withDescription(
              "the first request needs node.id and node.cluster, the fleet"));
      return false;
    }
    node = identity.get();
    metrics.connected();
    LOG.info("node {} of fleet {} connected, Envoy {}", node.id(), node.fleet(), node.build());
    return true;
  }

  private TypeState newType(String typeUrl) {
    Optional<ResourceKind> kind = ResourceKind.ofTypeUrl(typeUrl);
    if (kind.isEmpty()) {
      metrics.unknownType();
      LOG.debug("a node asks for {}, which is not served", typeUrl);
    }
    // Served as a type of which there is nothing (T2), after everything else.
    return new TypeState(
        kind.orElseGet(() -> new ResourceKind(typeUrl, typeUrl, Integer.MAX_VALUE, true, false)));
  }

  /**
   * Pairs an answer with the response in flight; any other nonce is stale and says nothing (P3).
   */
  private void answer(TypeState type, DeltaDiscoveryRequest request) {
    Optional<Offer> offer =
        type.inFlight().filter(o -> o.nonce().equals(request.getResponseNonce()));
    if (offer.isEmpty()) {
      return;
    }
    if (request.hasErrorDetail()) {
      String message = request.getErrorDetail().getMessage();
      nack(type, message.substring(0, Math.min(message.length(), MAX_DETAIL)));
    } else {
      metrics.acked(type.kind());
      accepted(type.kind(), type.ack());
    }
  }

  private void nack(TypeState type, String detail) {
    metrics.nacked(type.kind());
    type.nack(detail, Instant.now())
        .ifPresent(culprit ->
            LOG.warn(
                "node {} refused {} {}: {}",
                nodeId(),
                culprit.kind(),
                culprit.name(),
                culprit.detail()));
  }

  /**
   * An ACK of a cluster does not say that it is warm: that needs its endpoints, sent again if it
   * changed (O3, P14).
   */
  private void accepted(ResourceKind kind, Offer offer) {
    if (kind.equals(ResourceKind.CLUSTER)) {
      offer.content().forEach((name, version) -> version.ifPresent(_ -> startWarming(name)));
    } else if (kind.equals(ResourceKind.ENDPOINTS)) {
      warming.keySet().removeAll(offer.content().keySet());
    }
  }

  private void startWarming(String cluster) {
    if (snapshot().find(ResourceKind.ENDPOINTS, cluster).isPresent()) {
      warming.put(cluster, System.nanoTime());
      endpoints().ifPresent(type -> type.force(cluster));
    }
  }

  private Optional<TypeState> endpoints() {
    return Optional.ofNullable(types.get(ResourceKind.ENDPOINTS.typeUrl()));
  }

  void published(Publication publication) {
    if (node == null || !node.fleet().equals(publication.snapshot().fleet())) {
      return;
    }
    for (Publication.Name name : publication.changed()) {
      TypeState type = types.get(name.kind().typeUrl());
      if (type != null) {
        type.touch(name.name());
      }
    }
    pump();
  }

  /** Sends all that may be sent now, and tells how far the node is. */
  void pump() {
    if (node == null) {
      return;
    }
    Snapshot snapshot = snapshot();
    long now = System.nanoTime();
    warming.values().removeIf(since -> now - since > DeliveryOrder.HOLD_NANOS);
    while (client.isReady()) {
      Optional<DeliveryOrder.Step> step =
          DeliveryOrder.next(types.values(), snapshot, !warming.isEmpty(), now);
      if (step.isEmpty()) {
        break;
      }
      send(step.get(), snapshot, now);
    }
    types.values().forEach(type -> type.settle(snapshot));
    nodes.put(number, state(snapshot));
  }

  /** Called from time to time: time-outs, and a client that answers nothing. */
  void tick() {
    long now = System.nanoTime();
    boolean silent =
        types.values().stream()
            .flatMap(type -> type.inFlight().stream())
            .anyMatch(offer -> now - offer.sentNanos() > ACK_NANOS);
    if (silent) {
      fail(Status.UNAVAILABLE.withDescription("no answer to a response for 90 s"));
    } else {
      pump();
    }
  }

  private void send(DeliveryOrder.Step step, Snapshot snapshot, long now) {
    ResourceKind kind = step.type().kind();
    String nonce = number + "." + ++nonces;
    DeltaDiscoveryResponse.Builder response =
        DeltaDiscoveryResponse.newBuilder()
            .setTypeUrl(kind.typeUrl())
            .setNonce(nonce)
            .setSystemVersionInfo(Long.toString(snapshot.revision()));
    Map<String, Optional<Version>> content = new TreeMap<>();
    for (String name : step.names()) {
      Optional<Resource> resource = snapshot.find(kind, name);
      content.put(name, resource.map(Resource::version));
      resource.ifPresentOrElse(
          r -> response.addResources(framed(r)), () -> response.addRemovedResources(name));
    }
    boolean additions = response.getResourcesCount() > 0;
    step.type().sent(new Offer(nonce, content, snapshot.revision(), additions, now));
    DeltaDiscoveryResponse message = response.build();
    metrics.pushed(kind, message.getResourcesCount(), message.getSerializedSize());
    client.onNext(message);
  }

  private static io.envoyproxy.envoy.service.discovery.v3.Resource framed(Resource resource) {
    return io.envoyproxy.envoy.service.discovery.v3.Resource.newBuilder()
        .setName(resource.name())
        .setVersion(resource.version().hex())
        .setResource(
            Any.newBuilder().setTypeUrl(resource.kind().typeUrl()).setValue(resource.bytes()))
        .build();
  }

  private NodeState state(Snapshot snapshot) {
    NodeIdentity identity = Objects.requireNonNull(node, "node");
    Map<ResourceKind, NodeState.KindState> kinds = new TreeMap<>();
    List<NodeState.Rejected> rejections = new ArrayList<>();
    for (TypeState type : types.values()) {
      if (type.kind().rank() != Integer.MAX_VALUE) {
        kinds.put(type.kind(), new NodeState.KindState(type.acked(), type.isPending(snapshot)));
        rejections.addAll(type.rejected());
      }
    }
    return new NodeState(
        identity.fleet(),
        identity.id(),
        identity.build(),
        identity.locality(),
        connectedSince,
        Map.copyOf(kinds),
        List.copyOf(rejections));
  }

  private void fail(Status status) {
    client.onError(status.asRuntimeException());
    closed();
  }

  /** The stream ended, whoever ended it. */
  void closed() {
    if (node != null) {
      metrics.disconnected();
      LOG.info("node {} of fleet {} went", node.id(), node.fleet());
    }
    node = null;
    types.clear();
    nodes.remove(number);
  }

  private Snapshot snapshot() {
    return store.snapshot(node == null ? "" : node.fleet());
  }

  private String nodeId() {
    return node == null ? "" : node.id();
  }

  /** Names that wait in any type, for tests of bounds. */
  int backlog() {
    Set<TypeState> all = new HashSet<>(types.values());
    return all.stream().mapToInt(TypeState::backlog).sum();
  }
}
