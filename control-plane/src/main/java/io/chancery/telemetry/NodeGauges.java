package io.chancery.telemetry;

import io.chancery.snapshot.NodeKey;
import io.chancery.snapshot.NodeState;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.xds.ResourceKind;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How far the connected nodes are, computed whenever somebody reads the metrics. */
final class NodeGauges {
  private final MeterRegistry registry;
  private final Nodes nodes;
  private final SnapshotStore store;
  private final Map<String, MultiGauge> gauges = new HashMap<>();

  NodeGauges(MeterRegistry registry, Nodes nodes, SnapshotStore store) {
    this.registry = registry;
    this.nodes = nodes;
    this.store = store;
  }

  private record Type(String fleet, String kind) implements Comparable<Type> {
    Tags tags() {
      return Tags.of("fleet", fleet, "type", kind);
    }

    @Override
    public int compareTo(Type other) {
      int byFleet = fleet.compareTo(other.fleet);
      return byFleet != 0 ? byFleet : kind.compareTo(other.kind);
    }
  }

  /** All nodes of a fleet together, of one type. */
  private static final class Sum {
    private long lag;
    private int held;
    private int pinned;
    private int quarantined;
    private int indeterminate;

    void add(NodeState.KindState state, long newest) {
      lag = Math.max(lag, newest - state.acked());
      held += state.waiting().held() ? 1 : 0;
      pinned += state.waiting().pinned();
      quarantined += state.rejected().size();
      indeterminate += state.waiting().indeterminate();
    }
  }

  /** Computes all values anew. One thread at a time. */
  synchronized void update() {
    Map<Type, Sum> sums = new TreeMap<>();
    for (NodeState node : nodes.nodes()) {
      long newest = store.snapshot(node.fleet()).revision();
      node.kinds()
          .forEach((ResourceKind kind, NodeState.KindState state) ->
              sums.computeIfAbsent(new Type(node.fleet(), kind.id()), _ -> new Sum())
                  .add(state, newest));
    }
    List<MultiGauge.Row<?>> lag = new ArrayList<>();
    List<MultiGauge.Row<?>> held = new ArrayList<>();
    List<MultiGauge.Row<?>> pinned = new ArrayList<>();
    List<MultiGauge.Row<?>> quarantined = new ArrayList<>();
    List<MultiGauge.Row<?>> indeterminate = new ArrayList<>();
    sums.forEach((type, sum) -> {
      lag.add(MultiGauge.Row.of(type.tags(), sum.lag));
      held.add(MultiGauge.Row.of(type.tags(), sum.held));
      pinned.add(MultiGauge.Row.of(type.tags(), sum.pinned));
      quarantined.add(MultiGauge.Row.of(type.tags(), sum.quarantined));
      indeterminate.add(MultiGauge.Row.of(type.tags(), sum.indeterminate));
    });
    set(Metrics.LAG, "Revisions that the last node is behind.", lag);
    set(Metrics.HELD, "Nodes whose change waits for an ACK.", held);
    set(Metrics.PINNED, "Removals withheld because of a refusal.", pinned);
    set(Metrics.QUARANTINED, "Resources refused and not offered again.", quarantined);
    set(Metrics.INDETERMINATE, "Refused together, not known which.", indeterminate);
    set(Metrics.DUPLICATES, "Streams that share node id and type with another.", duplicates());
  }

  private List<MultiGauge.Row<?>> duplicates() {
    Set<NodeKey> twice = nodes.duplicates();
    Map<String, Integer> byFleet = new TreeMap<>();
    for (NodeState node : nodes.nodes()) {
      byFleet.merge(node.fleet(), twice.contains(NodeKey.of(node)) ? 1 : 0, Integer::sum);
    }
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    byFleet.forEach((fleet, count) -> rows.add(MultiGauge.Row.of(Tags.of("fleet", fleet), count)));
    return rows;
  }

  private void set(String name, String description, List<MultiGauge.Row<?>> rows) {
    gauges
        .computeIfAbsent(
            name, it -> MultiGauge.builder(it).description(description).register(registry))
        .register(rows, true);
  }
}
