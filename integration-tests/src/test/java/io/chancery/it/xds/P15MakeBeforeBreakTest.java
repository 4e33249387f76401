package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.CLUSTERS;
import static io.chancery.it.xds.XdsType.ROUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.chancery.it.xds.Rule.Scenario;
import java.time.Duration;
import java.util.List;

/** Traffic never meets a route whose cluster is missing. */
class P15MakeBeforeBreakTest extends ConformanceTest {
  /** Longer than a client is given to ask for all that it had. */
  private static final Duration LONG = Duration.ofMillis(1_500);

  @Override
  Rule rule() {
    return new Rule(
        "P15",
        "Clusters come before the routes that use them; the old cluster goes after the route is acknowledged.",
        "Eventual consistency considerations",
        List.of(
            Scenario.of("routeMoves", Variant.ADS, P15MakeBeforeBreakTest::routeMoves),
            Scenario.of(
                "routeMovesWhileAway", Variant.ADS, P15MakeBeforeBreakTest::routeMovesWhileAway),
            Scenario.of(
                "refusedRouteKeepsItsCluster",
                Variant.ADS,
                P15MakeBeforeBreakTest::refusedRouteKeepsItsCluster)));
  }

  private static void routeMoves(Scene scene) {
    XdsClient client = offeredRoute(scene);
    client.nothingMore();
    client.ack(client.last(ROUTES));
    client.acceptUntilHolds(CLUSTERS, Samples.of(CLUSTERS, "new", "1")).nothingMore();
  }

  private static void routeMovesWhileAway(Scene scene) {
    Message old = scene.publish(CLUSTERS, "old", "1");
    Message before = scene.publish(ROUTES, "r", Samples.routesTo("r", "old"));
    XdsClient client = scene.connect().subscribe(CLUSTERS).acceptUntilHolds(CLUSTERS, old);
    client.subscribe(ROUTES, "r").acceptUntilHolds(ROUTES, before).nothingMore();
    client.close();
    Message moved = moveRoute(scene);

    XdsClient again = scene.connect().resume(CLUSTERS, client);
    Answer clusters = again.next(CLUSTERS);
    again.ack(clusters).resume(ROUTES, client, "r");
    assertThat(clusters.removed()).isEmpty();
    assertThat(clusters.names()).contains("new");
    if (!scene.variant().delta()) {
      assertThat(clusters.names()).contains("old"); // What a complete answer lacks is gone.
    }
    Answer routes = again.next(ROUTES);
    assertThat(routes.brings("r", moved)).isTrue();
    again.nothingMore(LONG);
    again.ack(routes);
    Answer rest = again.accept(CLUSTERS);
    assertThat(rest.names()).doesNotContain("old");
    assertThat(rest.removed().contains("old")).isEqualTo(scene.variant().delta());
    again.nothingMore();
  }

  private static void refusedRouteKeepsItsCluster(Scene scene) {
    XdsClient client = offeredRoute(scene);
    client.nack(client.last(ROUTES), "no").nothingMore();
    assertThat(client.held(CLUSTERS)).contains("old");
  }

  private static Message moveRoute(Scene scene) {
    Message moved = Samples.routesTo("r", "new");
    scene.server().set(CLUSTERS, "new", Samples.of(CLUSTERS, "new", "1"));
    scene.server().set(ROUTES, "r", moved);
    scene.server().remove(CLUSTERS, "old");
    scene.server().commit();
    return moved;
  }

  /** A client that was sent the route to the new cluster, and has not answered it. */
  private static XdsClient offeredRoute(Scene scene) {
    Message old = scene.publish(CLUSTERS, "old", "1");
    Message before = scene.publish(ROUTES, "r", Samples.routesTo("r", "old"));
    XdsClient client = scene.connect().subscribe(CLUSTERS).acceptUntilHolds(CLUSTERS, old);
    client.subscribe(ROUTES, "r").acceptUntilHolds(ROUTES, before).nothingMore();
    Message moved = moveRoute(scene);

    Answer clusters = client.next();
    assertThat(clusters.typeUrl()).isEqualTo(CLUSTERS.typeUrl());
    client.ack(clusters);
    assertThat(client.held(CLUSTERS)).containsExactlyInAnyOrder("old", "new");
    Answer routes = client.next();
    assertThat(routes.brings("r", moved)).isTrue();
    return client;
  }
}
