package io.chancery.stream;

import io.chancery.snapshot.Delivery;
import io.chancery.snapshot.NodeState;
import io.chancery.snapshot.Snapshot;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The conversation with one Envoy. Confined to the loop of its {@link Wire}: only {@link Wire}
 * calls it, one call at a time.
 */
final class DeltaStream implements Order.Outlet {
  /** Longer error texts are cut; xds.md N2. */
  private static final int DETAIL_LIMIT = 4096;

  private final Feed feed;
  private final Wire wire;
  private final XdsMetrics metrics;
  private final Types types = new Types();
  private final Map<ResourceKind, NodeState.Nack> nacks = new HashMap<>();
  private final Order order;
  private final Instant connectedAt = Instant.now();
  private @Nullable NodeIdentity node;
  private long nonces;

  DeltaStream(Feed feed, Wire wire, XdsMetrics metrics, Duration hold) {
    this.feed = feed;
    this.wire = wire;
    this.metrics = metrics;
    this.order = new Order(this, hold);
  }

  /**
   * Takes a request and sends what it leads to.
   *
   * @throws IllegalArgumentException with the reason for the client, if the request breaks the
   *     protocol
   */
  void receive(DeltaDiscoveryRequest request) {
    NodeIdentity from = identify(request);
    if (request.getTypeUrl().isEmpty()) {
      throw new IllegalArgumentException(
          "type_url is missing in a request on an aggregated stream; expected a resource type");
    }
    TypeState type = types.of(request.getTypeUrl());
    answer(from, type, request);
    type.subscribe(
        request.getResourceNamesSubscribeList(),
        request.getResourceNamesUnsubscribeList(),
        request.getInitialResourceVersionsMap(),
        feed.snapshots().snapshot(from.fleet()));
    send();
    report(from);
  }

  private NodeIdentity identify(DeltaDiscoveryRequest request) {
    NodeIdentity known = node;
    if (known != null) {
      return known; // Envoy repeats its node, or does not: the first message counts; xds.md P2.
    }
    NodeIdentity identified = NodeIdentity.of(request.getNode());
    node = identified;
    metrics.opened(identified.fleet());
    wire.joined(identified.fleet());
    return identified;
  }

  private void answer(NodeIdentity from, TypeState type, DeltaDiscoveryRequest request) {
    Optional<Offer> answered = type.answered(request.getResponseNonce());
    if (answered.isEmpty()) {
      return;
    }
    if (request.hasErrorDetail()) {
      refused(from, type, answered.get(), cut(request.getErrorDetail().getMessage()));
    } else {
      metrics.acked(from.fleet(), type.kind().id());
    }
  }

  private void refused(NodeIdentity from, TypeState type, Offer offer, String detail) {
    if (type.kind().equals(ResourceKind.CLUSTER)) {
      offer.items().values().forEach(this::awaitNoEndpoints);
    }
    Map<String, Version> blamed = type.refused(offer, detail);
    Instant at = Instant.now();
    nacks.put(type.kind(), new NodeState.Nack(detail, at));
    metrics.nacked(from.fleet(), type.kind().id());
    feed.snapshots()
        .deliver(new Delivery.Nacked(from.fleet(), from.id(), type.kind(), blamed, detail, at));
  }

  private static String cut(String detail) {
    return detail.length() <= DETAIL_LIMIT ? detail : detail.substring(0, DETAIL_LIMIT);
  }

  /**
   * A changed cluster warms until it gets its endpoints again, equal or not; xds.md P14. Envoy
   * withholds the ACK of its clusters as long as any of them warms, so this cannot wait for the
   * ACK.
   */
  private void awaitEndpoints(Offer.Item item) {
    Optional<Resource> changed =
        item.resource().filter(it -> !Optional.of(it.version()).equals(item.before()));
    changed
        .flatMap(EndpointNames::of)
        .ifPresent(name -> types.of(ResourceKind.ENDPOINTS.typeUrl()).await(name, item.since()));
  }

  private void awaitNoEndpoints(Offer.Item item) {
    item.resource()
        .flatMap(EndpointNames::of)
        .ifPresent(name -> types.of(ResourceKind.ENDPOINTS.typeUrl()).awaitNo(name));
  }

  /** Sends what the client lacks and may get now. Harmless if there is nothing. */
  void send() {
    NodeIdentity to = node;
    if (to == null || wire.draining()) {
      return;
    }
    Snapshot now = feed.snapshots().snapshot(to.fleet());
    types.inOrder().forEach(type -> type.catchUp(now, feed.snapshots()));
    List<TypeState> moved = order.run(List.copyOf(types.inOrder()), now);
    moved.stream()
        .filter(type -> Types.registered(type.kind()))
        .forEach(type -> feed.snapshots().deliver(acked(to, type)));
    if (!moved.isEmpty()) {
      report(to);
    }
  }

  private static Delivery acked(NodeIdentity node, TypeState type) {
    return new Delivery.Acked(node.fleet(), node.id(), type.kind(), type.acked());
  }

  private void report(NodeIdentity from) {
    Snapshot now = feed.snapshots().snapshot(from.fleet());
    Map<ResourceKind, NodeState.KindState> kinds = new HashMap<>();
    for (TypeState type : types.inOrder()) {
      if (type.opened() && Types.registered(type.kind())) {
        Optional<NodeState.Nack> nack = Optional.ofNullable(nacks.get(type.kind()));
        kinds.put(type.kind(), new NodeState.KindState(type.acked(), nack, type.rejected(now)));
      }
    }
    feed.nodes()
        .update(
            wire.number(),
            new NodeState(
                from.fleet(), from.id(), from.build(), from.locality(), connectedAt, kinds));
  }

  /** Whether a response waits for its answer. */
  boolean busy() {
    return types.anyBusy();
  }

  /** The stream ended. */
  void closed() {
    NodeIdentity gone = node;
    if (gone != null) {
      feed.nodes().remove(wire.number());
      metrics.closed(gone.fleet());
    }
  }

  @Override
  public boolean isReady() {
    return wire.isReady();
  }

  @Override
  public void send(TypeState type, Map<String, Optional<Resource>> items) {
    NodeIdentity to = Objects.requireNonNull(node, "node");
    String nonce = Long.toString(++nonces);
    Offer offer = type.send(nonce, items);
    if (type.kind().equals(ResourceKind.CLUSTER)) {
      offer.items().values().forEach(this::awaitEndpoints);
      wire.wake(); // The endpoints go in the next round.
    }
    long revision = feed.snapshots().snapshot(to.fleet()).revision();
    DeltaDiscoveryResponse response =
        Encoder.response(type.kind().typeUrl(), revision, nonce, items);
    wire.send(response);
    metrics.pushed(
        to.fleet(),
        type.kind().id(),
        response.getResourcesCount(),
        response.getRemovedResourcesCount(),
        response.getSerializedSize());
  }

  @Override
  public void wakeAfter(Duration hold) {
    var _ = wire.loop().schedule(wire::wake, hold.toMillis() + 1, TimeUnit.MILLISECONDS);
  }

  @Override
  public void holdExpired(TypeState type) {
    NodeIdentity to = Objects.requireNonNull(node, "node");
    metrics.holdExpired(to.fleet(), type.kind().id());
  }

  /** A request that breaks the protocol, as the client sees it. */
  static Status refusal(IllegalArgumentException cause) {
    return Status.INVALID_ARGUMENT.withDescription(cause.getMessage());
  }
}
