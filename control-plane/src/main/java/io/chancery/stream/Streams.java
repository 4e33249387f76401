package io.chancery.stream;

import io.chancery.xds.ResourceKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** All open streams, by fleet. */
final class Streams {
  private static final AtomicLong NUMBERS = new AtomicLong(); // One Nodes may outlive its server.

  private final Feed feed;
  private final XdsMetrics metrics;
  private final Duration hold;
  private final Duration answerDeadline;
  private final Bodies bodies = new Bodies();
  private final Map<String, Set<Wire<?>>> byFleet = new ConcurrentHashMap<>();
  private final Set<Wire<?>> open = ConcurrentHashMap.newKeySet();

  Streams(Feed feed, XdsMetrics metrics, Duration hold, Duration answerDeadline) {
    this.feed = feed;
    this.metrics = metrics;
    this.hold = hold;
    this.answerDeadline = answerDeadline;
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
    XdsStream.Channel channel = new XdsStream.Channel(protocol, kind, peer, bodies);
    return new XdsStream(feed, wire, channel, metrics, hold);
  }

  void opened(Wire<?> wire) {
    open.add(wire);
  }

  void joined(Wire<?> wire, String fleet) {
    byFleet.computeIfAbsent(fleet, name -> ConcurrentHashMap.newKeySet()).add(wire);
  }

  void left(Wire<?> wire) {
    open.remove(wire);
    byFleet.values().forEach(wires -> wires.remove(wire));
    byFleet.values().removeIf(Set::isEmpty);
  }

  void published(String fleet) {
    byFleet.getOrDefault(fleet, Set.of()).forEach(Wire::wake);
  }

  void drain() {
    open.forEach(Wire::drain);
  }
}
