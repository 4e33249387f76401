package io.chancery.telemetry;

import io.chancery.stream.XdsMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Counts what streams do. The counters of a type in a fleet come into being together, so that what
 * did not happen yet has a zero.
 */
final class StreamCounters implements XdsMetrics {
  private static final Duration[] BUCKETS =
      IntStream.of(1, 5, 20, 100, 500, 2_000, 10_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Counter unknownTypes;
  private final ConcurrentMap<String, AtomicLong> streams = new ConcurrentHashMap<>();
  private final ConcurrentMap<Place, Counters> counters = new ConcurrentHashMap<>();

  StreamCounters(MeterRegistry registry) {
    this.registry = registry;
    this.unknownTypes =
        Counter.builder(Metrics.UNKNOWN_TYPE)
            .description("Types asked for that are not served.")
            .register(registry);
  }

  private record Place(String fleet, String type) {}

  private record Counters(
      Counter pushes,
      Counter resources,
      Counter removals,
      Counter bytes,
      Counter acks,
      Timer latency,
      Counter nacks,
      Counter expiredHolds,
      Counter coalesced,
      Counter originsMissing) {}

  @Override
  public void opened(String fleet) {
    streams(fleet).incrementAndGet();
  }

  @Override
  public void closed(String fleet) {
    streams(fleet).decrementAndGet();
  }

  @Override
  public void pushed(String fleet, String kind, int resources, int removed, int bytes) {
    Counters here = of(fleet, kind);
    here.pushes.increment();
    here.resources.increment(resources);
    here.removals.increment(removed);
    here.bytes.increment(bytes);
  }

  @Override
  public void acked(String fleet, String kind, Duration latency) {
    Counters here = of(fleet, kind);
    here.acks.increment();
    here.latency.record(latency);
  }

  @Override
  public void nacked(String fleet, String kind) {
    of(fleet, kind).nacks.increment();
  }

  @Override
  public void holdExpired(String fleet, String kind) {
    of(fleet, kind).expiredHolds.increment();
  }

  @Override
  public void turnedAway(String reason) {
    Counter.builder(Metrics.ADMISSION_REJECTED)
        .description("Streams that were told to come again.")
        .tag("reason", reason)
        .register(registry)
        .increment();
  }

  @Override
  public void coalesced(String fleet, String kind, int names) {
    of(fleet, kind).coalesced.increment(names);
  }

  @Override
  public void originsMissing(String fleet, String kind) {
    of(fleet, kind).originsMissing.increment();
  }

  @Override
  public void unknownType() {
    unknownTypes.increment();
  }

  private AtomicLong streams(String fleet) {
    return streams.computeIfAbsent(fleet, this::gauge);
  }

  private AtomicLong gauge(String fleet) {
    AtomicLong open = new AtomicLong();
    Gauge.builder(Metrics.STREAMS, open, AtomicLong::doubleValue)
        .description("Streams of Envoys that are open.")
        .tag("fleet", fleet)
        .register(registry);
    return open;
  }

  private Counters of(String fleet, String kind) {
    return counters.computeIfAbsent(new Place(fleet, kind), this::register);
  }

  private Counters register(Place place) {
    return new Counters(
        counter(Metrics.PUSHES, "Responses sent.", place),
        counter(Metrics.PUSHED_RESOURCES, "Resources sent.", place),
        counter(Metrics.PUSHED_REMOVALS, "Removals sent.", place),
        counter(Metrics.PUSH_BYTES, "Bytes of responses sent.", place),
        counter(Metrics.ACKS, "Responses accepted.", place),
        latency(place),
        counter(Metrics.NACKS, "Responses refused.", place),
        counter(Metrics.EXPIRED_HOLDS, "Changes sent without the ACK they waited for.", place),
        counter(
            Metrics.COALESCED, "Changes that a newer one overtook before they were sent.", place),
        counter(Metrics.ORIGINS_MISSING, "Refused and of no known object; a bug.", place));
  }

  private Timer latency(Place place) {
    return Timer.builder(Metrics.ACK_LATENCY)
        .description("From sending a response to its ACK.")
        .tag("fleet", place.fleet())
        .tag("type", place.type())
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private Counter counter(String name, String description, Place place) {
    return Counter.builder(name)
        .description(description)
        .tag("fleet", place.fleet())
        .tag("type", place.type())
        .register(registry);
  }
}
