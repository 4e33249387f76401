package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.CLUSTERS;
import static io.chancery.it.xds.XdsType.ROUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.chancery.it.xds.Rule.Scenario;
import java.util.List;

/** Traffic never meets a route whose cluster is missing. */
class P15MakeBeforeBreakTest extends ConformanceTest {
  @Override
  Rule rule() {
    return new Rule(
        "P15",
        "Clusters come before the routes that use them; the old cluster goes after the route is acknowledged.",
        "Eventual consistency considerations",
        List.of(
            Scenario.of("routeMoves", Variant.ADS, P15MakeBeforeBreakTest::routeMoves),
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

  private static void refusedRouteKeepsItsCluster(Scene scene) {
    XdsClient client = offeredRoute(scene);
    client.nack(client.last(ROUTES), "no").nothingMore();
    assertThat(client.held(CLUSTERS)).contains("old");
  }

  /** A client that was sent the route to the new cluster, and has not answered it. */
  private static XdsClient offeredRoute(Scene scene) {
    Message old = scene.publish(CLUSTERS, "old", "1");
    Message before = scene.publish(ROUTES, "r", Samples.routesTo("r", "old"));
    XdsClient client = scene.connect().subscribe(CLUSTERS).acceptUntilHolds(CLUSTERS, old);
    client.subscribe(ROUTES, "r").acceptUntilHolds(ROUTES, before).nothingMore();
    Message moved = Samples.routesTo("r", "new");
    scene.server().set(CLUSTERS, "new", Samples.of(CLUSTERS, "new", "1"));
    scene.server().set(ROUTES, "r", moved);
    scene.server().remove(CLUSTERS, "old");
    scene.server().commit();

    Answer clusters = client.next();
    assertThat(clusters.typeUrl()).isEqualTo(CLUSTERS.typeUrl());
    client.ack(clusters);
    assertThat(client.held(CLUSTERS)).containsExactlyInAnyOrder("old", "new");
    Answer routes = client.next();
    assertThat(routes.brings("r", moved)).isTrue();
    return client;
  }
}
