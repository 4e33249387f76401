package io.chancery.telemetry;

import io.chancery.compile.Compiled;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.source.kubernetes.KindState;
import io.chancery.stream.XdsMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * All metrics, by the names in docs/reference/metrics.md. Labels take values from small closed sets
 * only: kinds, tables, types and fleets, never names of objects, nodes or hosts.
 */
public final class Metrics implements AutoCloseable {
  static final String BATCHES = "chancery.compile.batches";
  static final String ROWS = "chancery.compile.rows";
  static final String RULE_FAILURES = "chancery.compile.rule.failures";
  static final String OBJECTS = "chancery.objects";
  static final String PUSHES = "chancery.xds.pushes";
  static final String PUSHED_RESOURCES = "chancery.xds.pushed.resources";
  static final String PUSHED_REMOVALS = "chancery.xds.pushed.removals";
  static final String PUSH_BYTES = "chancery.xds.push.bytes";
  static final String ACKS = "chancery.xds.acks";
  static final String ACK_LATENCY = "chancery.xds.ack.latency";
  static final String NACKS = "chancery.xds.nacks";
  static final String EXPIRED_HOLDS = "chancery.xds.expired.holds";
  static final String STREAMS = "chancery.xds.streams";
  static final String COALESCED = "chancery.xds.coalesced";
  static final String ADMISSION_REJECTED = "chancery.xds.admission.rejected";
  static final String UNKNOWN_TYPE = "chancery.xds.unknown.type";
  static final String ORIGINS_MISSING = "chancery.xds.origins.missing";
  static final String LAG = "chancery.xds.lag.epochs";
  static final String HELD = "chancery.xds.held";
  static final String PINNED = "chancery.xds.pinned";
  static final String QUARANTINED = "chancery.xds.quarantined";
  static final String INDETERMINATE = "chancery.xds.indeterminate";
  static final String UNREAD = "chancery.source.unread";
  static final String SOURCE_OBJECTS = "chancery.source.objects";
  static final String SOURCE_HELD = "chancery.source.held";
  static final String SOURCE_LISTS = "chancery.source.lists";
  static final String SOURCE_WATCHES = "chancery.source.watches";
  static final String SOURCE_DRIFTS = "chancery.source.drifts";
  static final String STATUS_WRITES = "chancery.status.writes";
  static final String STATUS_FAILURES = "chancery.status.write.failures";
  static final String DUPLICATES = "chancery.xds.duplicate.nodes";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Counter batches =
      Counter.builder(BATCHES).description("Batches of changes compiled.").register(registry);
  private final ObjectCounts objects = new ObjectCounts(registry);
  private final XdsMetrics streams = new StreamCounters(registry);
  private volatile Optional<NodeGauges> watched = Optional.empty();
  private volatile Optional<ClusterGauges> cluster = Optional.empty();

  /** Counts a batch. Called on the compile thread, for each batch. */
  public void compiled(Compiled compiled) {
    batches.increment();
    compiled
        .outcome()
        .recomputed()
        .forEach((table, rows) ->
            perTable(ROWS, "Rows that ran their rule.", table, registry).increment(rows));
    compiled
        .outcome()
        .failures()
        .forEach(failure ->
            perTable(RULE_FAILURES, "Rules that threw; a bug.", failure.table(), registry)
                .increment());
    objects.update(compiled.statuses());
  }

  /** What streams count with. */
  public XdsMetrics streams() {
    return streams;
  }

  /** Has the progress of these nodes among the metrics from now on. */
  public void watch(Nodes nodes, SnapshotStore store) {
    watched = Optional.of(new NodeGauges(registry, nodes, store));
  }

  /**
   * Has the progress of an API server's source, and of the statuses written to it, among the
   * metrics from now on.
   *
   * @param kinds how far the source is with each kind
   * @param writes statuses written so far
   * @param failures writes that failed so far
   */
  public void watch(Supplier<List<KindState>> kinds, LongSupplier writes, LongSupplier failures) {
    cluster = Optional.of(new ClusterGauges(registry, kinds, writes, failures));
  }

  /** All metrics in the text format of Prometheus. Any thread may ask. */
  public String text() {
    watched.ifPresent(NodeGauges::update);
    cluster.ifPresent(ClusterGauges::update);
    return registry.scrape();
  }

  @Override
  public void close() {
    registry.close();
  }

  private static Counter perTable(
      String name, String description, String table, MeterRegistry registry) {
    return Counter.builder(name).description(description).tag("table", table).register(registry);
  }
}
