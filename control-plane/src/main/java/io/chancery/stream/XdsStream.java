package io.chancery.stream;

import io.chancery.snapshot.Delivery;
import io.chancery.snapshot.NodeState;
import io.chancery.snapshot.Snapshot;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;
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
final class XdsStream implements Order.Outlet {
  /** Longer error texts are cut; xds.md N2. */
  private static final int DETAIL_LIMIT = 4096;

  /** After a cut, the endpoints of clusters that changed in this time are sent again; xds.md O6. */
  private static final Duration RECENTLY = Duration.ofSeconds(60);

  /** Envoy prints the whole message, and then what is wrong with it: that is at the end. */
  private static final int DETAIL_HEAD = 512;

  private final Feed feed;
  private final Wire<?> wire;
  private final Channel channel;
  private final XdsMetrics metrics;
  private final Types types;
  private final Map<ResourceKind, NodeState.Nack> nacks = new HashMap<>();
  private final Order order;
  private final Instant connectedAt = Instant.now();
  private @Nullable NodeIdentity node;
  private long nonces;
  private boolean hasConfiguration;

  /** When the client last came back to a type that it had; {@link System#nanoTime}. */
  private long regrouping;

  /**
   * What a stream is given when it is opened.
   *
   * @param kind what a stream for one kind is about; empty: aggregated
   * @param peer who the client is by its certificate; empty in plain text
   * @param bodies responses that streams share
   * @param names sets of names that streams share
   * @param beginning of this stream
   */
  record Channel(
      Protocol<?> protocol,
      Optional<ResourceKind> kind,
      Optional<PeerIdentity> peer,
      Bodies bodies,
      SharedNames names,
      Admission admission,
      Beginning beginning) {}

  XdsStream(Feed feed, Wire<?> wire, Channel channel, XdsMetrics metrics, Duration hold) {
    this.feed = feed;
    this.wire = wire;
    this.channel = channel;
    this.metrics = metrics;
    this.types = new Types(channel.protocol(), channel.names());
    this.order = new Order(this, hold);
  }

  /**
   * Takes a request and sends what it leads to.
   *
   * @throws IllegalArgumentException with the reason for the client, if the request breaks the
   *     protocol
   */
  void receive(Request request) {
    NodeIdentity from = identify(request);
    TypeState type = types.of(typeUrl(request));
    if (!type.opened() && !Types.registered(type.kind())) {
      metrics.unknownType();
    }
    if (type.isStale(request.nonce())) {
      return; // A newer response is on its way, and the request that answers it counts; xds.md P3.
    }
    answer(from, type, request);
    boolean resumes = !type.opened() && request.wanted().resumes();
    type.subscribe(request.wanted(), feed.snapshots().snapshot(from.fleet()));
    if (resumes) {
      resumed(from, type);
    }
    types.requireBounded();
    if (!sendAndReport()) {
      report(from);
    }
  }

  private String typeUrl(Request request) {
    Optional<String> only = channel.kind().map(ResourceKind::typeUrl);
    String given = request.typeUrl().isEmpty() ? only.orElse("") : request.typeUrl();
    if (given.isEmpty()) {
      throw new IllegalArgumentException(
          "type_url is missing in a request on an aggregated stream; expected a resource type");
    }
    if (only.isPresent() && !only.get().equals(given)) {
      throw new IllegalArgumentException(
          "type_url " + given + " on a stream for " + only.get() + " only");
    }
    return given;
  }

  private NodeIdentity identify(Request request) {
    NodeIdentity known = node;
    if (known != null) {
      return known; // Envoy repeats its node, or does not: the first message counts; xds.md P2.
    }
    NodeIdentity identified = NodeIdentity.of(request.node());
    channel.peer().ifPresent(peer -> peer.confirm(identified));
    hasConfiguration = request.wanted().resumes();
    if (hasConfiguration) {
      channel.admission().resumes();
    }
    node = identified;
    types.understood(identified.features());
    metrics.opened(identified.fleet());
    wire.joined(identified.fleet());
    return identified;
  }

  private void answer(NodeIdentity from, TypeState type, Request request) {
    Optional<Offer> answered = type.answered(request.nonce());
    if (answered.isEmpty()) {
      return;
    }
    if (request.refusal().isPresent()) {
      refused(from, type, answered.get(), cut(request.refusal().get()));
    } else {
      type.accepted(answered.get());
      known(from).accepted(answered.get());
      Duration latency = Duration.ofNanos(System.nanoTime() - answered.get().sentAt());
      metrics.acked(from.fleet(), type.kind().id(), latency);
    }
  }

  private void refused(NodeIdentity from, TypeState type, Offer offer, String detail) {
    if (type.kind().equals(ResourceKind.CLUSTER)) {
      offer.items().values().forEach(this::awaitNoEndpoints);
    }
    Blame blame = type.refused(offer, detail);
    Map<String, Version> blamed = blame.versions();
    offer.items().values().stream()
        .flatMap(item -> item.resource().stream())
        .filter(it -> blamed.containsKey(it.name()) && it.origins().isEmpty())
        .forEach(_ -> metrics.originsMissing(from.fleet(), type.kind().id()));
    NodeState.Nack nack = new NodeState.Nack(detail, Instant.now());
    nacks.put(type.kind(), nack);
    if (blame.sure()) {
      known(from).refused(type.kind(), blamed, nack);
    }
    metrics.nacked(from.fleet(), type.kind().id());
    feed.snapshots()
        .deliver(
            new Delivery.Nacked(
                from.fleet(), from.id(), type.kind(), blamed, offer.before(), detail, nack.at()));
  }

  private KnownRefusals known(NodeIdentity of) {
    return new KnownRefusals(feed, of, nacks);
  }

  private static String cut(String detail) {
    int length = detail.length();
    return length <= DETAIL_LIMIT
        ? detail
        : detail.substring(0, DETAIL_HEAD)
            + " ... "
            + detail.substring(length - DETAIL_LIMIT + DETAIL_HEAD + 5);
  }

  /**
   * A changed cluster warms until it gets its endpoints again, equal or not; xds.md P14. Envoy
   * withholds the ACK of its clusters as long as any of them warms, so this cannot wait for the
   * ACK.
   */
  private void awaitEndpoints(Offer.Item item) {
    if (channel.kind().isPresent()) {
      return; // Endpoints go by a stream of their own, and nothing here can wait for them.
    }
    Optional<Resource> changed =
        item.resource()
            .filter(
                it -> item.before().filter(had -> had.version().equals(it.version())).isEmpty());
    changed
        .flatMap(EndpointNames::of)
        .ifPresent(name -> types.of(ResourceKind.ENDPOINTS.typeUrl()).await(name, item.since()));
  }

  private void resumed(NodeIdentity from, TypeState type) {
    regrouping = System.nanoTime();
    wakeAfter(wire.regrouping());
    SnapshotStore store = feed.snapshots();
    type.mayHold(
        store.changedWithin(from.fleet(), type.kind(), RECENTLY), store.snapshot(from.fleet()));
    if (type.kind().equals(ResourceKind.ENDPOINTS)) {
      resendEndpoints(from, type);
    }
  }

  /**
   * A client that comes back asks for one type after the other. What went must not be taken from it
   * before it is known what else it holds: routes that are to leave a cluster, say.
   */
  @Override
  public boolean mayRemove() {
    return regrouping == 0 || System.nanoTime() - regrouping >= wire.regrouping().toNanos();
  }

  /**
   * The last stream may have ended after a changed cluster and before its endpoints; a client tells
   * of the endpoints that it had for the cluster as it was, and these are equal.
   */
  private void resendEndpoints(NodeIdentity to, TypeState endpoints) {
    List<String> names =
        feed.snapshots().changedWithin(to.fleet(), ResourceKind.CLUSTER, RECENTLY).stream()
            .flatMap(entry -> entry.after().stream())
            .flatMap(cluster -> EndpointNames.of(cluster).stream())
            .toList();
    endpoints.resend(names, feed.snapshots().snapshot(to.fleet()));
  }

  private void awaitNoEndpoints(Offer.Item item) {
    item.resource()
        .flatMap(EndpointNames::of)
        .ifPresent(name -> types.of(ResourceKind.ENDPOINTS.typeUrl()).awaitNo(name));
  }

  /** Sends what the client lacks and may get now. Harmless if there is nothing. */
  void send() {
    boolean _ = sendAndReport();
  }

  /** Returns whether something moved, and the node's state was told anew. */
  private boolean sendAndReport() {
    NodeIdentity to = node;
    if (to == null || wire.draining() || !channel.beginning().maySend(hasConfiguration)) {
      return false;
    }
    Snapshot now = feed.snapshots().snapshot(to.fleet());
    List<TypeState> served =
        types.inOrder().stream().filter(type -> !feed.withheld().test(type.kind())).toList();
    served.forEach(type -> catchUp(to, type, now));
    List<TypeState> moved = order.run(served, now, known(to));
    if (!busy()) {
      channel.beginning().idle();
    }
    moved.stream()
        .filter(type -> Types.registered(type.kind()))
        .forEach(type -> feed.snapshots().deliver(acked(to, type)));
    if (!moved.isEmpty()) {
      report(to);
    }
    return !moved.isEmpty();
  }

  private void catchUp(NodeIdentity to, TypeState type, Snapshot now) {
    type.catchUp(now, feed.snapshots());
    int coalesced = type.coalesced();
    if (coalesced > 0) {
      metrics.coalesced(to.fleet(), type.kind().id(), coalesced);
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
        kinds.put(
            type.kind(),
            new NodeState.KindState(type.acked(), nack, type.rejected(now), type.waiting()));
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

  /** Whether the client said who it is. */
  boolean identified() {
    return node != null;
  }

  /** The stream ended. */
  void closed() {
    channel.beginning().closed();
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
    send(to, type, new Answer(body(to, type, items), nonce));
  }

  private void send(NodeIdentity to, TypeState type, Answer answer) {
    metrics.pushed(
        to.fleet(),
        type.kind().id(),
        answer.body().resources(),
        answer.body().removed(),
        answer.size());
    channel.admission().sent(answer.size());
    wire.send(answer); // Counted before: whoever has it finds it counted.
    wire.expectAnswer();
  }

  @Override
  public void beat(TypeState type, Wants wants) {
    NodeIdentity to = Objects.requireNonNull(node, "node");
    String nonce = Long.toString(++nonces);
    List<Resource> alive = type.beat(nonce, wants);
    String version = version(to, type);
    send(to, type, new Answer(channel.protocol().heartbeat(type.kind(), version, alive), nonce));
  }

  private Answer.Body body(NodeIdentity to, TypeState type, Map<String, Optional<Resource>> items) {
    String version = version(to, type);
    return channel
        .bodies()
        .of(channel.protocol(), to.features(), type.kind(), version, type.body(items));
  }

  private String version(NodeIdentity to, TypeState type) {
    boolean delta = channel.protocol().form(type.kind()) == Protocol.Form.DELTA;
    return delta ? Long.toString(feed.snapshots().snapshot(to.fleet()).revision()) : type.version();
  }

  /** How long the answer has been owed that is owed the longest; zero if none is. */
  Duration owes() {
    long now = System.nanoTime();
    return types.inOrder().stream()
        .flatMap(type -> type.owedSince().stream().boxed())
        .map(since -> Duration.ofNanos(now - since))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
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
