package io.chancery.telemetry;

import io.chancery.source.kubernetes.KindState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** How far the source is with each kind of an API server, whenever somebody reads the metrics. */
final class ClusterGauges {
  private final Supplier<List<KindState>> source;

  // Kept here, since meters hold what they measure by weak references.
  private final List<LongSupplier> counted;
  private final MultiGauge unread;
  private final MultiGauge objects;
  private final MultiGauge held;

  ClusterGauges(
      MeterRegistry registry,
      Supplier<List<KindState>> source,
      LongSupplier writes,
      LongSupplier failures) {
    this.source = source;
    this.counted = List.of(writes, failures);
    count(
        Metrics.STATUS_WRITES,
        "Statuses of objects that were written.",
        counted.getFirst(),
        registry);
    count(
        Metrics.STATUS_FAILURES,
        "Statuses that could not be written.",
        counted.getLast(),
        registry);
    unread = gauge(Metrics.UNREAD, "Watches that cannot follow what they should.", registry);
    objects = gauge(Metrics.SOURCE_OBJECTS, "Objects that are known.", registry);
    held = gauge(Metrics.SOURCE_HELD, "Objects that are gone, and kept until certain.", registry);
    counter(Metrics.SOURCE_LISTS, "Complete lists that were read.", KindState::lists, registry);
    counter(Metrics.SOURCE_WATCHES, "Watches that were opened.", KindState::watches, registry);
    counter(Metrics.SOURCE_DRIFTS, "Changes that no watch had told.", KindState::drifts, registry);
  }

  private static MultiGauge gauge(String name, String description, MeterRegistry registry) {
    return MultiGauge.builder(name).description(description).register(registry);
  }

  private void counter(
      String name, String description, ToLongFunction<KindState> value, MeterRegistry registry) {
    FunctionCounter _ =
        FunctionCounter.builder(name, source, all -> all.get().stream().mapToLong(value).sum())
            .description(description)
            .register(registry);
  }

  private static void count(
      String name, String description, LongSupplier value, MeterRegistry registry) {
    FunctionCounter _ =
        FunctionCounter.builder(name, value, LongSupplier::getAsLong)
            .description(description)
            .register(registry);
  }

  void update() {
    // By resource: names of objects and namespaces are no labels.
    Map<String, List<KindState>> kinds =
        source.get().stream()
            .collect(
                Collectors.groupingBy(
                    state -> state.what().split("/", 2)[0], TreeMap::new, Collectors.toList()));
    rows(unread, kinds, state -> state.phase().isFollowed() ? 0 : 1);
    rows(objects, kinds, KindState::objects);
    rows(held, kinds, KindState::held);
  }

  private static void rows(
      MultiGauge gauge, Map<String, List<KindState>> kinds, ToDoubleFunction<KindState> value) {
    gauge.register(
        kinds.entrySet().stream()
            .<MultiGauge.Row<?>>map(kind ->
                MultiGauge.Row.of(
                    Tags.of("resource", kind.getKey()),
                    kind.getValue().stream().mapToDouble(value).sum()))
            .toList(),
        true);
  }
}
