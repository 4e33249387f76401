package io.chancery.stream;

import static io.chancery.stream.Conversation.names;
import static io.chancery.stream.Fixture.gone;
import static io.chancery.stream.Fixture.set;
import static io.chancery.xds.ResourceKind.CLUSTER;
import static io.chancery.xds.ResourceKind.ENDPOINTS;
import static io.chancery.xds.ResourceKind.LISTENER;
import static io.chancery.xds.ResourceKind.ROUTE_CONFIGURATION;
import static io.chancery.xds.ResourceKind.SCOPED_ROUTES;
import static io.chancery.xds.ResourceKind.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.route.v3.ScopedRouteConfiguration;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes before what; xds.md §6. */
class OrderTest {
  private static final List<ResourceKind> KINDS =
      List.of(SECRET, CLUSTER, ENDPOINTS, LISTENER, ROUTE_CONFIGURATION);

  private final Fixture fixture = new Fixture();
  private final Conversation client = fixture.connect();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void additionsFollowTheirReferentsAndRemovalsTheirReferrers() {
    connectWith("old");
    List<ResourceChange> rename = new ArrayList<>();
    KINDS.forEach(kind -> rename.add(set(kind, "new", "1")));
    KINDS.forEach(kind -> rename.add(gone(kind, "old")));
    fixture.store.publish(rename);
    for (ResourceKind kind : KINDS) {
      DeltaDiscoveryResponse response = client.next(kind);
      assertThat(names(response)).containsExactly("new");
      assertThat(response.getRemovedResourcesCount()).isZero();
      client.nothingMore().ack(response);
    }
    for (ResourceKind kind : KINDS.reversed()) {
      DeltaDiscoveryResponse response = client.next(kind);
      assertThat(response.getRemovedResourcesList()).containsExactly("old");
      client.nothingMore().ack(response);
    }
    client.nothingMore();
  }

  @Test
  void aScopeMovesToOtherRoutesWhenTheClientHasThem() {
    fixture.publish(set(ROUTE_CONFIGURATION, "r1", "1"), scope("s", "r1"));
    client.subscribe(ROUTE_CONFIGURATION, "r1").accept(ROUTE_CONFIGURATION);
    client.subscribe(SCOPED_ROUTES).accept(SCOPED_ROUTES);
    fixture.publish(set(ROUTE_CONFIGURATION, "r2", "1"), scope("s", "r2"), scope("new", "r2"));
    assertThat(names(client.accept(SCOPED_ROUTES))).as("a new one at once").containsExactly("new");
    client.nothingMore();
    DeltaDiscoveryResponse routes =
        client.subscribe(ROUTE_CONFIGURATION, "r2").next(ROUTE_CONFIGURATION);
    client.nothingMore().ack(routes);
    assertThat(names(client.accept(SCOPED_ROUTES))).containsExactly("s");
    client.nothingMore();
  }

  @Test
  void aScopeOnDemandMovesAtOnce() {
    fixture.publish(set(ROUTE_CONFIGURATION, "r1", "1"), scope("s", "r1", true));
    client.subscribe(ROUTE_CONFIGURATION, "r1").accept(ROUTE_CONFIGURATION);
    client.subscribe(SCOPED_ROUTES).accept(SCOPED_ROUTES);
    fixture.publish(set(ROUTE_CONFIGURATION, "r2", "1"), scope("s", "r2", true));
    assertThat(names(client.accept(SCOPED_ROUTES))).containsExactly("s");
    client.nothingMore();
  }

  private static ResourceChange scope(String name, String routes) {
    return scope(name, routes, false);
  }

  private static ResourceChange scope(String name, String routes, boolean onDemand) {
    return set(
        SCOPED_ROUTES,
        name,
        ScopedRouteConfiguration.newBuilder()
            .setName(name)
            .setRouteConfigurationName(routes)
            .setOnDemand(onDemand)
            .build());
  }

  @Test
  void onePublicationIsOneResponse() {
    connectWith("old");
    int before = fixture.counts.responses.get();
    fixture.publish(set(CLUSTER, "a", "1"), set(CLUSTER, "b", "1"));
    assertThat(names(client.accept(CLUSTER))).containsExactly("a", "b");
    client.nothingMore();
    assertThat(fixture.counts.responses).hasValue(before + 2); // One of them answers the fence.
  }

  @Test
  void sendsTheNewestToAClientThatWasBusy() {
    connectWith("old");
    fixture.publish(set(CLUSTER, "a", "1"));
    DeltaDiscoveryResponse first = client.next(CLUSTER);
    for (int version = 2; version <= 50; version++) {
      fixture.publish(set(CLUSTER, "a", "" + version), set(CLUSTER, "b", "" + version));
    }
    client.nothingMore().ack(first);
    assertThat(client.accept(CLUSTER).getResourcesList())
        .extracting(resource -> resource.getVersion())
        .containsExactly(
            Fixture.version(set(CLUSTER, "a", "50")), Fixture.version(set(CLUSTER, "b", "50")));
    client.nothingMore();
  }

  @Test
  void laterChurnDoesNotHoldAnEarlierChange() {
    connectWith("old");
    fixture.publish(set(CLUSTER, "a", "1"), set(ROUTE_CONFIGURATION, "new", "a"));
    DeltaDiscoveryResponse first = client.next(CLUSTER);
    fixture.publish(set(CLUSTER, "a", "2"));
    client.nothingMore().ack(first);
    client.next(CLUSTER); // Not acknowledged, but of a later revision than the route.
    assertThat(names(client.next(ROUTE_CONFIGURATION))).containsExactly("new");
  }

  @Test
  void aNewClusterWaitsForItsEndpointsBeforeItIsUsed() {
    connectWith("old");
    fixture.publish(
        set(CLUSTER, "e", Fixture.edsCluster("e", "1")),
        set(ENDPOINTS, "e", "1"),
        set(ROUTE_CONFIGURATION, "old", "e"));
    client.accept(CLUSTER);
    client.nothingMore(); // The client has not subscribed to the endpoints yet.
    client.subscribe(ENDPOINTS, "e");
    DeltaDiscoveryResponse endpoints = client.next(ENDPOINTS);
    client.nothingMore().ack(endpoints);
    assertThat(names(client.accept(ROUTE_CONFIGURATION))).containsExactly("old");
  }

  @Test
  void nothingIsHeldForEver() {
    try (Fixture impatient = new Fixture(Duration.ofMillis(50), 1000)) {
      impatient.publish(set(CLUSTER, "old", "1"), set(ROUTE_CONFIGURATION, "r", "1"));
      Conversation slow = impatient.connect();
      slow.subscribe(CLUSTER).accept(CLUSTER);
      slow.subscribe(ROUTE_CONFIGURATION, "r").accept(ROUTE_CONFIGURATION);
      impatient.publish(set(CLUSTER, "new", "1"), set(ROUTE_CONFIGURATION, "r", "2"));
      slow.next(CLUSTER); // Never acknowledged.
      slow.accept(ROUTE_CONFIGURATION);
      assertThat(impatient.counts.expired).hasPositiveValue();
    }
  }

  @Test
  void aLogThatIsTooShortIsMadeUpForByTheSnapshot() {
    try (Fixture forgetful = new Fixture(Duration.ofMinutes(1), 2)) {
      forgetful.publish(set(CLUSTER, "old", "1"), set(CLUSTER, "kept", "1"));
      Conversation busy = forgetful.connect();
      DeltaDiscoveryResponse first = busy.subscribe(CLUSTER).next(CLUSTER);
      for (int i = 0; i < 10; i++) {
        forgetful.publish(set(CLUSTER, "c" + i, "1"));
      }
      forgetful.publish(gone(CLUSTER, "old"));
      busy.ack(first);
      assertThat(names(busy.accept(CLUSTER))).hasSize(10).doesNotContain("kept");
      assertThat(busy.accept(CLUSTER).getRemovedResourcesList()).containsExactly("old");
      busy.nothingMore();
    }
  }

  private void connectWith(String name) {
    KINDS.forEach(kind -> fixture.publish(set(kind, name, "1")));
    for (ResourceKind kind : KINDS) {
      client.subscribe(kind, kind.equals(CLUSTER) ? new String[0] : new String[] {name, "new"});
      client.accept(kind);
    }
    client.nothingMore();
  }
}
