package io.chancery.stream;

import static io.chancery.stream.Conversation.names;
import static io.chancery.stream.Fixture.gone;
import static io.chancery.stream.Fixture.set;
import static io.chancery.xds.ResourceKind.CLUSTER;
import static io.chancery.xds.ResourceKind.ROUTE_CONFIGURATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.snapshot.Delivery;
import io.chancery.snapshot.NodeState;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What follows a NACK; xds.md §7. */
class RefusalTest {
  private final Fixture fixture = new Fixture();
  private final Conversation client = fixture.connect();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void isNotAnsweredByTheSameContent() {
    fixture.publish(set(CLUSTER, "a", "bad"));
    client.nack(client.subscribe(CLUSTER).next(CLUSTER), "no");
    for (int round = 0; round < 20; round++) {
      fixture.publish(set(CLUSTER, "b" + round, "1"));
      assertThat(names(client.accept(CLUSTER))).containsExactly("b" + round);
    }
    client.nothingMore();
    fixture.publish(set(CLUSTER, "a", "good"));
    assertThat(names(client.accept(CLUSTER))).containsExactly("a");
    client.nothingMore();
    assertThat(state().rejected()).isEmpty();
    assertThat(fixture.counts.nacks).hasValue(1);
  }

  @Test
  void isRememberedWhenTheNameIsAskedForAgainAndSaidToBeAbsent() {
    fixture.publish(set(CLUSTER, "a", "bad"));
    client.nack(client.subscribe(CLUSTER, "a").next(CLUSTER), "no");
    client.nothingMore();
    client.subscribe(CLUSTER, "a");
    assertThat(client.accept(CLUSTER).getRemovedResourcesList()).containsExactly("a");
    client.nothingMore();
    assertThat(state().rejected()).containsOnlyKeys("a");
  }

  @Test
  void doesNotKeepGoodOnesBack() {
    fixture.publish(set(CLUSTER, "a", "1"), set(CLUSTER, "bad", "1"), set(CLUSTER, "c", "1"));
    client.nack(client.subscribe(CLUSTER).next(CLUSTER), "something is wrong");
    List<String> alone = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      DeltaDiscoveryResponse response = client.next(CLUSTER);
      alone.add(String.join(",", names(response)));
      if (names(response).contains("bad")) {
        client.nack(response, "it is me");
      } else {
        client.ack(response);
      }
    }
    client.nothingMore();
    assertThat(alone).containsExactlyInAnyOrder("a", "bad", "c");
    assertThat(state().rejected()).containsOnlyKeys("bad");
    assertThat(state().lastNack().orElseThrow().detail()).isEqualTo("it is me");
  }

  @Test
  void neverRepeatsWhatTheErrorNames() {
    fixture.publish(set(CLUSTER, "a", "1"), set(CLUSTER, "bad", "1"));
    client.nack(
        client.subscribe(CLUSTER).next(CLUSTER), "Error adding/updating cluster(s) bad: nonsense");
    assertThat(names(client.accept(CLUSTER))).containsExactly("a");
    client.nothingMore();
    assertThat(fixture.deliveries)
        .filteredOn(Delivery.Nacked.class::isInstance)
        .singleElement()
        .satisfies(it -> assertThat(((Delivery.Nacked) it).offered()).containsOnlyKeys("bad"));
  }

  @Test
  void ofARouteKeepsTheClusterThatTheLastGoodRouteUses() {
    fixture.publish(set(CLUSTER, "old", "1"), set(ROUTE_CONFIGURATION, "r", "old"));
    client.subscribe(CLUSTER).accept(CLUSTER);
    client.subscribe(ROUTE_CONFIGURATION, "r").accept(ROUTE_CONFIGURATION);
    fixture.publish(gone(CLUSTER, "old"), set(ROUTE_CONFIGURATION, "r", "bad"));
    client.nack(client.next(ROUTE_CONFIGURATION), "no").nothingMore();
    fixture.publish(set(ROUTE_CONFIGURATION, "r", "good"));
    client.accept(ROUTE_CONFIGURATION);
    assertThat(client.accept(CLUSTER).getRemovedResourcesList()).containsExactly("old");
  }

  private NodeState.KindState state() {
    return fixture.nodes.nodes().getFirst().kind(CLUSTER).orElseThrow();
  }
}
