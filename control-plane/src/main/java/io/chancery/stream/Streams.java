package io.chancery.stream;

import com.google.common.collect.ConcurrentHashMultiset;
import com.google.common.collect.Multiset;
import io.chancery.snapshot.NodeKey;
import io.chancery.xds.ResourceKind;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** All open streams, by fleet. */
final class Streams {
  /** One for each type, and as many for a connection that is lost and not yet missed; xds.md F4. */
  private static final int MAX_STREAMS_OF_NODE = 32;

  private static final long MILLIS_PER_STREAM = 2;
  private static final long MAX_SPREAD_MILLIS = 5_000;

  private static final AtomicLong NUMBERS = new AtomicLong(); // One Nodes may outlive its server.

  private final Feed feed;
  private final XdsMetrics metrics;
  private final Duration hold;
  private final Duration answerDeadline;
  private final Bodies bodies = new Bodies();
  private final SharedNames names = new SharedNames();
  private final Map<String, Set<Wire<?>>> byFleet = new ConcurrentHashMap<>();
  private final Set<Wire<?>> open = ConcurrentHashMap.newKeySet();
  private final Multiset<NodeKey> byNode = ConcurrentHashMultiset.create();
  private final Limits limits;
  private final Admission admission;
  private final Places places;

  Streams(Feed feed, XdsMetrics metrics, Duration hold, Duration answerDeadline, Limits limits) {
    this.feed = feed;
    this.metrics = metrics;
    this.hold = hold;
    this.answerDeadline = answerDeadline;
    this.limits = limits;
    this.admission = new Admission(limits, metrics, System::nanoTime);
    this.places = new Places(limits.beginners());
  }

  Limits limits() {
    return limits;
  }

  Duration answerDeadline() {
    return answerDeadline;
  }

  long nextNumber() {
    return NUMBERS.incrementAndGet();
  }

  XdsStream stream(
      Wire<?> wire,
      Protocol<?> protocol,
      Optional<ResourceKind> kind,
      Optional<PeerIdentity> peer) {
    XdsStream.Channel channel =
        new XdsStream.Channel(
            protocol, kind, peer, bodies, names, admission, new Beginning(places, wire));
    return new XdsStream(feed, wire, channel, metrics, hold);
  }

  /**
   * Counts a stream that is about to be opened. In plain text nothing is counted: whoever may
   * connect there may also claim to be another node each time.
   *
   * @throws io.grpc.StatusRuntimeException if there are too many new ones, or the client has too
   *     many
   */
  void admit(Optional<PeerIdentity> peer) {
    admission.opens();
    peer.map(PeerIdentity::key)
        .ifPresent(node -> {
          int before = byNode.add(node, 1);
          if (before >= MAX_STREAMS_OF_NODE) {
            boolean _ = byNode.remove(node);
            metrics.turnedAway("node");
            throw Status.RESOURCE_EXHAUSTED
                .withDescription("the node has " + MAX_STREAMS_OF_NODE + " streams already")
                .asRuntimeException();
          }
        });
  }

  void opened(Wire<?> wire) {
    open.add(wire);
  }

  void joined(Wire<?> wire, String fleet) {
    byFleet.computeIfAbsent(fleet, name -> ConcurrentHashMap.newKeySet()).add(wire);
  }

  void left(Wire<?> wire) {
    if (open.remove(wire)) {
      wire.peer().map(PeerIdentity::key).ifPresent(byNode::remove);
    }
    byFleet.values().forEach(wires -> wires.remove(wire));
    byFleet.values().removeIf(Set::isEmpty);
  }

  void published(String fleet) {
    byFleet.getOrDefault(fleet, Set.of()).forEach(Wire::wake);
  }

  /** Ends all streams, a few at a time, so that the clients do not come again all at once. */
  void drain() {
    long spread = Math.min(MAX_SPREAD_MILLIS, MILLIS_PER_STREAM * open.size());
    open.forEach(
        wire -> wire.drain(Duration.ofMillis(ThreadLocalRandom.current().nextLong(spread + 1))));
  }
}
