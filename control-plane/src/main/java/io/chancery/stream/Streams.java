package io.chancery.stream;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** All open streams, by fleet. */
final class Streams {
  private static final AtomicLong NUMBERS = new AtomicLong(); // One Nodes may outlive its server.

  private final Feed feed;
  private final XdsMetrics metrics;
  private final Duration hold;
  private final Map<String, Set<Wire>> byFleet = new ConcurrentHashMap<>();
  private final Set<Wire> open = ConcurrentHashMap.newKeySet();

  Streams(Feed feed, XdsMetrics metrics, Duration hold) {
    this.feed = feed;
    this.metrics = metrics;
    this.hold = hold;
  }

  long nextNumber() {
    return NUMBERS.incrementAndGet();
  }

  DeltaStream stream(Wire wire) {
    return new DeltaStream(feed, wire, metrics, hold);
  }

  void opened(Wire wire) {
    open.add(wire);
  }

  void joined(Wire wire, String fleet) {
    byFleet.computeIfAbsent(fleet, name -> ConcurrentHashMap.newKeySet()).add(wire);
  }

  void left(Wire wire) {
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
