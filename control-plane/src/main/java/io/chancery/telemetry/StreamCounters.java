package io.chancery.telemetry;

import io.chancery.stream.StreamMetrics;
import io.chancery.xds.ResourceKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts what streams do. All counters exist from the start, so that a rate has a zero. */
final class StreamCounters implements StreamMetrics {
  private final AtomicLong streams = new AtomicLong();
  private final Counter unknownTypes;
  private final Map<ResourceKind, PerType> types;

  StreamCounters(MeterRegistry registry) {
    Gauge.builder(Metrics.STREAMS, streams, AtomicLong::doubleValue)
        .description("Streams of Envoys that are open.")
        .register(registry);
    unknownTypes =
        Counter.builder(Metrics.UNKNOWN_TYPES)
            .description("Subscriptions to types that are not served.")
            .register(registry);
    types =
        ResourceKind.ALL.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(), kind -> PerType.of(kind, registry)));
  }

  private record PerType(
      Counter pushes, Counter resources, Counter bytes, Counter acks, Counter nacks) {

    static PerType of(ResourceKind kind, MeterRegistry registry) {
      return new PerType(
          counter(Metrics.PUSHES, "Responses sent.", kind, registry),
          counter(Metrics.PUSHED_RESOURCES, "Resources sent.", kind, registry),
          counter(Metrics.PUSHED_BYTES, "Bytes of responses sent.", kind, registry),
          counter(Metrics.ACKS, "Responses accepted.", kind, registry),
          counter(Metrics.NACKS, "Responses refused.", kind, registry));
    }

    private static Counter counter(
        String name, String description, ResourceKind kind, MeterRegistry registry) {
      return Counter.builder(name)
          .description(description)
          .tag("type", kind.id())
          .register(registry);
    }
  }

  @Override
  public void connected() {
    streams.incrementAndGet();
  }

  @Override
  public void disconnected() {
    streams.decrementAndGet();
  }

  @Override
  public void pushed(ResourceKind kind, int resources, int bytes) {
    PerType type = of(kind);
    type.pushes.increment();
    type.resources.increment(resources);
    type.bytes.increment(bytes);
  }

  @Override
  public void acked(ResourceKind kind) {
    of(kind).acks.increment();
  }

  @Override
  public void nacked(ResourceKind kind) {
    of(kind).nacks.increment();
  }

  @Override
  public void unknownType() {
    unknownTypes.increment();
  }

  private PerType of(ResourceKind kind) {
    return Objects.requireNonNull(types.get(kind), "a kind that is not in ResourceKind.ALL");
  }
}
