package io.chancery.telemetry;

import io.chancery.model.Condition;
import io.chancery.model.ObjectStatus;
import io.chancery.model.Ref;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** How many objects there are, kept up with each batch. One thread updates. */
final class ObjectCounts {
  private final MeterRegistry registry;
  private final Map<Ref, Group> groups = new HashMap<>();
  private final Map<Group, AtomicLong> sizes = new HashMap<>();

  ObjectCounts(MeterRegistry registry) {
    this.registry = registry;
  }

  private record Group(String kind, boolean accepted) {}

  void update(Map<Ref, Optional<ObjectStatus>> changed) {
    changed.forEach((ref, status) -> {
      Group before = groups.remove(ref);
      if (before != null) {
        size(before).decrementAndGet();
      }
      status.ifPresent(now -> {
        Group group = new Group(ref.kind(), isAccepted(now));
        groups.put(ref, group);
        size(group).incrementAndGet();
      });
    });
  }

  private AtomicLong size(Group group) {
    return sizes.computeIfAbsent(group, this::register);
  }

  private AtomicLong register(Group group) {
    AtomicLong size = new AtomicLong();
    Gauge.builder(Metrics.OBJECTS, size, AtomicLong::doubleValue)
        .description("Objects, by whether they are accepted everywhere.")
        .tag("kind", group.kind())
        .tag("accepted", Boolean.toString(group.accepted()))
        .register(registry);
    return size;
  }

  /** A route has to be accepted by all of its parents. */
  private static boolean isAccepted(ObjectStatus status) {
    return Stream.concat(
            status.conditions().stream(),
            status.parents().stream().flatMap(parent -> parent.conditions().stream()))
        .filter(condition -> condition.type().equals("Accepted"))
        .allMatch(condition -> condition.status() == Condition.Status.TRUE);
  }
}
