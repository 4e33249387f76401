package io.chancery.stream;

import static io.chancery.stream.Conversation.names;
import static io.chancery.stream.Fixture.set;
import static io.chancery.xds.ResourceKind.CLUSTER;
import static io.chancery.xds.ResourceKind.ROUTE_CONFIGURATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.snapshot.NodeState;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What refers to something new that was refused is withheld with it; xds.md N6. */
class DependentsTest {
  private final Fixture fixture = new Fixture();
  private final Conversation client = fixture.connect();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** A client that runs {@code web} to {@code old} and {@code other}, and refuses {@code new}. */
  private void refusesWhatIsNew() {
    fixture.publish(set(CLUSTER, "old", "1"), route("web", "old"), route("other", "old"));
    client.subscribe(CLUSTER).accept(CLUSTER);
    client.subscribe(ROUTE_CONFIGURATION, "web", "other").accept(ROUTE_CONFIGURATION);
    client.nothingMore();
    fixture.publish(set(CLUSTER, "new", "bad"), route("web", "new"));
    client.nack(client.next(CLUSTER), "no");
  }

  @Test
  void aRouteStaysAsItWasWhenItsNewClusterIsRefused() {
    refusesWhatIsNew();
    client.nothingMore();
    assertThat(state(ROUTE_CONFIGURATION).waiting().held()).isTrue();
    assertThat(state(ROUTE_CONFIGURATION).acked()).isLessThan(fixture.store.revision());
  }

  @Test
  void everythingElseProceeds() {
    refusesWhatIsNew();
    fixture.publish(route("other", "old", "changed"), set(CLUSTER, "third", "1"));
    assertThat(names(client.accept(CLUSTER))).containsExactly("third");
    assertThat(names(client.accept(ROUTE_CONFIGURATION))).containsExactly("other");
    client.nothingMore();
  }

  @Test
  void theRouteFollowsItsClusterWhenThatIsTaken() {
    refusesWhatIsNew();
    fixture.publish(set(CLUSTER, "new", "good"));
    assertThat(names(client.accept(CLUSTER))).containsExactly("new");
    assertThat(names(client.accept(ROUTE_CONFIGURATION))).containsExactly("web");
    client.nothingMore();
    assertThat(state(ROUTE_CONFIGURATION).waiting()).isEqualTo(NodeState.Waiting.NOTHING);
    assertThat(state(ROUTE_CONFIGURATION).acked()).isEqualTo(fixture.store.revision());
  }

  @Test
  void theRouteGoesWhenItRefersToSomethingElse() {
    refusesWhatIsNew();
    fixture.publish(route("web", "old", "changed"));
    assertThat(names(client.accept(ROUTE_CONFIGURATION))).containsExactly("web");
    client.nothingMore();
  }

  /** The old route is still in use. */
  @Test
  void whatTheOldRouteRefersToIsNotTakenAway() {
    refusesWhatIsNew();
    fixture.publish(
        Fixture.gone(CLUSTER, "old"), route("other", "third"), set(CLUSTER, "third", "1"));
    client.accept(CLUSTER);
    client.accept(ROUTE_CONFIGURATION);
    client.nothingMore();
    assertThat(state(CLUSTER).waiting().pinned()).isEqualTo(1);
    fixture.publish(set(CLUSTER, "new", "good"));
    client.accept(CLUSTER);
    client.accept(ROUTE_CONFIGURATION);
    assertThat(client.accept(CLUSTER).getRemovedResourcesList()).containsExactly("old");
  }

  @Test
  void aRefusedClusterThatRunsInAnOlderVersionHoldsNothing() {
    fixture.publish(set(CLUSTER, "old", "1"), route("web", "old"));
    client.subscribe(CLUSTER).accept(CLUSTER);
    client.subscribe(ROUTE_CONFIGURATION, "web").accept(ROUTE_CONFIGURATION);
    fixture.publish(set(CLUSTER, "old", "bad"), route("web", "old", "changed"));
    client.nack(client.next(CLUSTER), "no");
    assertThat(names(client.accept(ROUTE_CONFIGURATION))).containsExactly("web");
    client.nothingMore();
  }

  @Test
  void aClientWithoutRoutesGetsThemNevertheless() {
    fixture.publish(set(CLUSTER, "new", "bad"), route("web", "new"));
    client.subscribe(CLUSTER);
    client.nack(client.next(CLUSTER), "no");
    client.subscribe(ROUTE_CONFIGURATION, "web");
    assertThat(names(client.accept(ROUTE_CONFIGURATION))).containsExactly("web");
    client.nothingMore();
  }

  private NodeState.KindState state(ResourceKind kind) {
    return fixture.nodes.nodes("edge").getFirst().kind(kind).orElseThrow();
  }

  private static ResourceChange route(String name, String cluster, String... tags) {
    RouteConfiguration.Builder route =
        RouteConfiguration.newBuilder()
            .setName(name)
            .addAllInternalOnlyHeaders(java.util.List.of(tags));
    route
        .addVirtualHostsBuilder()
        .setName("any")
        .addDomains("*")
        .addRoutesBuilder()
        .getRouteBuilder()
        .setCluster(cluster);
    return set(ROUTE_CONFIGURATION, name, route.build());
  }
}
