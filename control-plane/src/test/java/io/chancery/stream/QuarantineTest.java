package io.chancery.stream;

import static io.chancery.stream.Conversation.names;
import static io.chancery.stream.Fixture.set;
import static io.chancery.stream.Fixture.version;
import static io.chancery.xds.ResourceKind.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.snapshot.Delivery;
import io.chancery.snapshot.NodeState;
import io.chancery.xds.ResourceChange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was refused is not offered again where it would be refused again; xds.md N4 and N8. */
class QuarantineTest {
  private static final int BUILD = 40;

  @TempDir private Path directory;
  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private Conversation connect(String node) {
    return fixture.connect(node, BUILD);
  }

  private void refuses(String node) {
    Conversation client = connect(node).subscribe(CLUSTER);
    client.nack(client.next(CLUSTER), "no").nothingMore();
    client.close();
  }

  private NodeState.KindState state(String node) {
    return fixture.nodes.nodes("edge").stream()
        .filter(it -> it.id().equals(node))
        .toList()
        .getLast()
        .kind(CLUSTER)
        .orElseThrow();
  }

  @Test
  void isKeptOverAReconnectAndARestartWithWhatEnvoySaid() {
    ResourceChange before = set(CLUSTER, "a", "good");
    fixture.publish(before);
    Conversation client = connect("one").subscribe(CLUSTER);
    client.accept(CLUSTER);
    fixture.publish(set(CLUSTER, "a", "bad"));
    client.nack(client.next(CLUSTER), "no").nothingMore();
    client.close();
    fixture.restart(directory);

    Conversation again = connect("one").resume(CLUSTER, Map.of("a", version(before)));
    again.nothingMore();
    assertThat(state("one").rejected()).containsOnlyKeys("a");
    assertThat(state("one").lastNack().orElseThrow().detail()).isEqualTo("no");
    assertThat(state("one").acked()).isEqualTo(fixture.store.revision());
    fixture.publish(set(CLUSTER, "b", "1"));
    assertThat(names(again.accept(CLUSTER))).containsExactly("b");
    again.nothingMore();
    assertThat(fixture.counts.nacks).hasValue(1);
    assertThat(state("one").rejected()).as("b is not taken for a").containsOnlyKeys("a");
  }

  @Test
  void countsAsARefusalForThoseWhoActOnRefusals() {
    fixture.publish(set(CLUSTER, "a", "bad"));
    refuses("one");
    fixture.restart(directory);
    fixture.deliveries.clear();
    connect("one").subscribe(CLUSTER).accept(CLUSTER);
    assertThat(fixture.deliveries)
        .filteredOn(Delivery.Nacked.class::isInstance)
        .singleElement()
        .satisfies(it -> {
          Delivery.Nacked nacked = (Delivery.Nacked) it;
          assertThat(nacked.offered()).containsOnlyKeys("a");
          assertThat(nacked.running()).isEmpty();
          assertThat(nacked.detail()).isEqualTo("no");
        });
  }

  @Test
  void isLiftedByOtherContentAndComesBackWithTheSame() {
    fixture.publish(set(CLUSTER, "a", "bad"));
    refuses("one");
    fixture.restart(directory);
    Conversation client = connect("one").subscribe(CLUSTER);
    assertThat(names(client.accept(CLUSTER))).isEmpty();
    fixture.publish(set(CLUSTER, "a", "good"));
    assertThat(names(client.accept(CLUSTER))).containsExactly("a");
    client.nothingMore();
    assertThat(state("one").rejected()).isEmpty();
    fixture.publish(set(CLUSTER, "a", "bad"));
    client.nothingMore();
    assertThat(state("one").rejected()).containsOnlyKeys("a");
    fixture.publish(set(CLUSTER, "a", "good"));
    client.nothingMore();
    assertThat(state("one").rejected()).as("it has that").isEmpty();
  }

  @Test
  void isNotForAnotherBuild() {
    fixture.publish(set(CLUSTER, "a", "bad"));
    refuses("one");
    Conversation other = fixture.connect("one", BUILD + 1).subscribe(CLUSTER);
    assertThat(names(other.accept(CLUSTER))).containsExactly("a");
  }

  @Test
  void ofOneNodeStopsNoOther() {
    fixture.publish(set(CLUSTER, "a", "good"));
    refuses("broken");
    for (String node : List.of("two", "three")) {
      Conversation other = connect(node).subscribe(CLUSTER);
      assertThat(names(other.accept(CLUSTER))).as(node).containsExactly("a");
    }
  }

  @Test
  void ofASecondNodeIsForAll() {
    fixture.publish(set(CLUSTER, "a", "bad"), set(CLUSTER, "b", "good"));
    refusesA("one");
    refusesA("two");
    Conversation fourth = connect("four").subscribe(CLUSTER);
    assertThat(names(fourth.accept(CLUSTER))).containsExactly("b");
    fourth.nothingMore();
    fixture.restart(directory);
    Conversation fifth = connect("five").subscribe(CLUSTER);
    assertThat(names(fifth.accept(CLUSTER))).containsExactly("b");
    fifth.nothingMore();
    assertThat(state("five").rejected()).containsOnlyKeys("a");
  }

  private void refusesA(String node) {
    Conversation client = connect(node).subscribe(CLUSTER);
    client.nack(client.next(CLUSTER), "cluster a: no");
    assertThat(names(client.accept(CLUSTER))).containsExactly("b");
    client.nothingMore();
    client.close();
  }

  @Test
  void endsForOthersWhenOneOfThemTakesTheSame() {
    fixture.publish(set(CLUSTER, "a", "good"));
    Conversation slow = connect("slow").subscribe(CLUSTER);
    var offered = slow.next(CLUSTER);
    refuses("one");
    refuses("two");
    slow.ack(offered).nothingMore();
    Conversation other = connect("three").subscribe(CLUSTER);
    assertThat(names(other.accept(CLUSTER))).containsExactly("a");
    Conversation same = connect("one").subscribe(CLUSTER);
    assertThat(names(same.accept(CLUSTER))).isEmpty();
  }
}
