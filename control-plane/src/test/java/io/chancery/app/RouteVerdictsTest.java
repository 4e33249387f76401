package io.chancery.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.chancery.compile.TableVerdict;
import io.chancery.model.FleetName;
import io.chancery.snapshot.Delivery;
import io.chancery.snapshot.NodeState;
import io.chancery.snapshot.Nodes;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose refusal of a table counts, and for which batches; ADR 0013. */
class RouteVerdictsTest {
  private static final ResourceKind TABLE = ResourceKind.ROUTE_CONFIGURATION;

  private final Nodes nodes = new Nodes();
  private final List<TableVerdict> heard = new ArrayList<>();
  private final RouteVerdicts verdicts =
      new RouteVerdicts(
          nodes,
          (table, verdict) -> {
            assertThat(table).isEqualTo(new FleetName("edge", "table"));
            heard.add(verdict);
          });

  private void connect(String... ids) {
    for (String id : ids) {
      nodes.update(
          nodes.nodes().size(), new NodeState("edge", id, "1.40.0", "", Instant.EPOCH, Map.of()));
    }
  }

  /**
   * Publishes the table in a batch whose number is its content, and ten times that its revision.
   */
  private void publish(long batch) {
    Resource table = Resource.of(TABLE, "table", content(batch), Set.of());
    ResourceChange change =
        new ResourceChange("edge", TABLE, "table", Optional.of(table), Set.of());
    assertThat(verdicts.publish(List.of(change), batch, () -> batch * 10)).isEqualTo(batch * 10);
  }

  private static ByteString content(long batch) {
    return ByteString.copyFromUtf8("" + batch);
  }

  /**
   * @param running 0: nothing
   */
  private void refuse(String node, long offered, long running, String detail) {
    Map<String, Version> before =
        running == 0 ? Map.of() : Map.of("table", Version.of(content(running)));
    verdicts.delivered(
        new Delivery.Nacked(
            "edge",
            node,
            TABLE,
            Map.of("table", Version.of(content(offered))),
            before,
            detail,
            Instant.EPOCH));
  }

  private void accept(String node, long batch) {
    verdicts.delivered(new Delivery.Acked("edge", node, TABLE, batch * 10));
  }

  @Test
  void theOnlyNodeIsBelieved() {
    connect("one", "one"); // Two streams of one node.
    publish(1);
    publish(4);
    refuse("one", 4, 1, "no");
    assertThat(heard)
        .containsExactly(
            new TableVerdict(false, 2, 4, "refused by 1 of 1 nodes; edge/one: routes/table: no"));
  }

  @Test
  void oneOfTwoIsBelievedWhenTheOtherRefusesTheSame() {
    connect("one", "two");
    publish(1);
    publish(2);
    refuse("one", 2, 1, "no");
    refuse("one", 2, 1, "no, I said");
    assertThat(heard).isEmpty();
    publish(3);
    refuse("two", 3, 1, "this neither");
    assertThat(heard).as("that is about other content").isEmpty();
    refuse("one", 3, 1, "no");
    assertThat(heard)
        .singleElement()
        .satisfies(it -> {
          assertThat(it.accepted()).isFalse();
          assertThat(it.first()).isEqualTo(2);
          assertThat(it.last()).isEqualTo(3);
          assertThat(it.text()).startsWith("refused by 2 of 2 nodes; edge/one");
        });
  }

  @Test
  void everythingIsNewToANodeThatRunsNothing() {
    connect("one");
    publish(1);
    refuse("one", 1, 0, "no");
    assertThat(heard).extracting(TableVerdict::first).containsExactly(0L);
  }

  @Test
  void whatANodeRunsSinceAnEarlierProcessTellsNothing() {
    connect("one");
    publish(2);
    refuse("one", 2, 1, "no");
    assertThat(heard).isEmpty();
  }

  @Test
  void aTableIsAcceptedWhenANodeThatTookItRunsTheNewest() {
    connect("one");
    publish(1);
    accept("one", 1);
    assertThat(heard).as("nobody asked").isEmpty();
    publish(2);
    refuse("one", 2, 1, "no");
    heard.clear();
    accept("one", 2);
    assertThat(heard).as("all but what it refused").isEmpty();
    publish(3);
    accept("one", 2);
    assertThat(heard).as("not yet").isEmpty();
    accept("one", 3);
    assertThat(heard).containsExactly(new TableVerdict(true, 0, 3, ""));
  }

  @Test
  void ofManyPublicationsTheOldestAreForgotten() {
    connect("one");
    for (int batch = 1; batch <= 300; batch++) {
      publish(batch);
    }
    refuse("one", 1, 0, "no");
    refuse("one", 300, 2, "no");
    assertThat(heard).isEmpty();
    refuse("one", 300, 299, "no");
    assertThat(heard).extracting(TableVerdict::first).containsExactly(300L);
  }

  @Test
  void aTableThatIsGoneIsForgotten() {
    connect("one");
    publish(1);
    ResourceChange gone = new ResourceChange("edge", TABLE, "table", Optional.empty(), Set.of());
    assertThat(verdicts.publish(List.of(gone), 2, () -> 20)).isEqualTo(20);
    refuse("one", 1, 0, "no");
    assertThat(heard).isEmpty();
  }

  @Test
  void aPrintedTableIsLeftOutOfTheText() {
    connect("one");
    publish(1);
    String reason = "Proto constraint validation failed (field: x)";
    refuse("one", 1, 0, "goo.gle/debugonly name: \"table\" virtual_hosts {}: " + reason);
    publish(2);
    refuse("one", 2, 0, "goo.gle/debugproto name: \"table\" virtual_hosts {");
    assertThat(heard.get(0).text()).endsWith("routes/table: " + reason);
    assertThat(heard.get(1).text()).endsWith("Envoy's text was cut before it says at which field");
  }
}
