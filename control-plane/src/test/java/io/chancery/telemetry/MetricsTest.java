package io.chancery.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.compile.Compiled;
import io.chancery.engine.Outcome;
import io.chancery.engine.RuleFailure;
import io.chancery.model.Condition;
import io.chancery.model.ObjectStatus;
import io.chancery.model.Ref;
import io.chancery.snapshot.NodeState;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.source.kubernetes.KindState;
import io.chancery.stream.XdsMetrics;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Ref EDGE = new Ref("Gateway", "shop", "edge");
  private static final Ref ORDERS = new Ref("HTTPRoute", "shop", "orders");

  private final Metrics metrics = new Metrics();

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void countsWhatBatchesCost() {
    metrics.compiled(compiled(Map.of()));
    metrics.compiled(compiled(Map.of()));

    assertThat(metrics.text().lines())
        .contains(
            "chancery_compile_batches_total 2.0",
            "chancery_compile_rows_total{table=\"routes\"} 6.0",
            "chancery_compile_rule_failures_total{table=\"routes\"} 2.0");
  }

  @Test
  void countsObjectsThatComeChangeAndGo() {
    Condition accepted = Condition.holds("Accepted", "Accepted");
    Condition refused = Condition.fails("Accepted", "NoMatchingParent", "");
    metrics.compiled(compiled(Map.of(EDGE, Optional.of(gateway(accepted)))));
    metrics.compiled(compiled(Map.of(ORDERS, Optional.of(route(accepted, refused)))));

    assertThat(metrics.text().lines())
        .contains(
            "chancery_objects{accepted=\"true\",kind=\"Gateway\"} 1.0",
            "chancery_objects{accepted=\"false\",kind=\"HTTPRoute\"} 1.0");

    metrics.compiled(compiled(Map.of(EDGE, Optional.empty())));
    metrics.compiled(compiled(Map.of(ORDERS, Optional.of(route(accepted, accepted)))));

    assertThat(metrics.text().lines())
        .contains(
            "chancery_objects{accepted=\"true\",kind=\"Gateway\"} 0.0",
            "chancery_objects{accepted=\"false\",kind=\"HTTPRoute\"} 0.0",
            "chancery_objects{accepted=\"true\",kind=\"HTTPRoute\"} 1.0");
  }

  @Test
  void countsWhatStreamsDo() {
    exerciseStreams();

    assertThat(metrics.text().lines())
        .contains(
            "chancery_xds_streams{fleet=\"default\"} 1.0",
            counter("pushes", "clusters") + "1.0",
            counter("pushed_resources", "clusters") + "3.0",
            counter("pushed_removals", "clusters") + "2.0",
            counter("push_bytes", "clusters") + "1000.0",
            counter("acks", "clusters") + "1.0",
            counter("nacks", "clusters") + "0.0",
            counter("nacks", "listeners") + "1.0",
            counter("expired_holds", "listeners") + "1.0",
            counter("coalesced", "listeners") + "4.0",
            counter("origins_missing", "listeners") + "1.0",
            "chancery_xds_unknown_type_total 1.0",
            "chancery_xds_admission_rejected_total{reason=\"bytes\"} 1.0");
  }

  private void exerciseStreams() {
    XdsMetrics streams = metrics.streams();
    streams.opened("default");
    streams.opened("default");
    streams.closed("default");
    streams.pushed("default", "clusters", 3, 2, 1000);
    streams.acked("default", "clusters", Duration.ofMillis(3));
    streams.nacked("default", "listeners");
    streams.holdExpired("default", "listeners");
    streams.coalesced("default", "listeners", 4);
    streams.originsMissing("default", "listeners");
    streams.unknownType();
    streams.turnedAway("bytes");
  }

  @Test
  void tellsHowFarNodesAre() {
    SnapshotStore store = new SnapshotStore();
    Resource cluster =
        Resource.of(ResourceKind.CLUSTER, "a", Cluster.getDefaultInstance(), Set.of());
    long _ =
        store.publish(
            List.of(
                new ResourceChange(
                    "default", ResourceKind.CLUSTER, "a", Optional.of(cluster), Set.of())));
    Nodes nodes = new Nodes();
    NodeState.KindState clusters =
        new NodeState.KindState(
            0, Optional.empty(), Map.of("a", cluster.version()), new NodeState.Waiting(true, 2, 3));
    NodeState node =
        new NodeState(
            "default", "n", "", "", Instant.EPOCH, Map.of(ResourceKind.CLUSTER, clusters));
    nodes.update(1, node);
    nodes.update(2, node);
    metrics.watch(nodes, store);

    assertThat(metrics.text().lines())
        .contains(
            gauge("lag_epochs") + "1.0",
            gauge("held") + "2.0",
            gauge("pinned") + "4.0",
            gauge("quarantined") + "2.0",
            gauge("indeterminate") + "6.0",
            "chancery_xds_duplicate_nodes{fleet=\"default\"} 2.0");
    nodes.remove(1);
    assertThat(metrics.text().lines())
        .contains(gauge("pinned") + "2.0", "chancery_xds_duplicate_nodes{fleet=\"default\"} 0.0");
  }

  private static String gauge(String name) {
    return "chancery_xds_" + name + "{fleet=\"default\",type=\"clusters\"} ";
  }

  private static String counter(String name, String type) {
    return "chancery_xds_" + name + "_total{fleet=\"default\",type=\"" + type + "\"} ";
  }

  @Test
  void documentsEveryMetric() throws IOException {
    metrics.compiled(compiled(Map.of(EDGE, Optional.of(gateway()))));
    exerciseStreams();
    Nodes nodes = new Nodes();
    nodes.update(
        1,
        new NodeState(
            "default",
            "n",
            "",
            "",
            Instant.EPOCH,
            Map.of(ResourceKind.CLUSTER, new NodeState.KindState(0, Optional.empty(), Map.of()))));
    metrics.watch(nodes, new SnapshotStore());
    metrics.watch(
        () -> List.of(new KindState("secrets/of-a-user", KindState.Phase.LOST, 1, 2, 3, 4, 5)),
        () -> 6,
        () -> 7);
    assertThat(metrics.text())
        .contains(
            "chancery_source_unread{resource=\"secrets\"} 1.0",
            "chancery_source_held{resource=\"secrets\"} 2.0",
            "chancery_status_writes_total 6.0")
        .doesNotContain("of-a-user");

    String documentation = Files.readString(Path.of("..", "docs", "reference", "metrics.md"));
    assertThat(names(documentation, "(?m)^\\| `(\\w+)`"))
        .isEqualTo(names(metrics.text(), "(?m)^# TYPE (\\w+)"));
  }

  private static Set<String> names(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toSet());
  }

  private static Compiled compiled(Map<Ref, Optional<ObjectStatus>> statuses) {
    RuleFailure failure = new RuleFailure("routes", "key", new IllegalStateException());
    return new Compiled(List.of(), statuses, new Outcome(Map.of("routes", 3), List.of(failure)));
  }

  private static ObjectStatus gateway(Condition... conditions) {
    return new ObjectStatus(
        EDGE, 1, Set.of(), List.of(conditions), List.of(), List.of(), List.of());
  }

  private static ObjectStatus route(Condition first, Condition second) {
    List<ObjectStatus.Parent> parents =
        List.of(
            new ObjectStatus.Parent(EDGE, "", 0, List.of(first)),
            new ObjectStatus.Parent(EDGE, "http", 0, List.of(second)));
    return new ObjectStatus(ORDERS, 1, Set.of(), List.of(), parents, List.of(), List.of());
  }
}
