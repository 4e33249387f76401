package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.CLUSTERS;
import static io.chancery.it.xds.XdsType.LISTENERS;
import static io.chancery.it.xds.XdsType.ROUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.chancery.it.xds.Rule.Scenario;
import java.util.List;

/** What a response has to hold together. */
class P8GroupingTest extends ConformanceTest {
  @Override
  Rule rule() {
    return new Rule(
        "P8",
        "SotW responses of clusters and listeners are complete, so an empty one deletes all; others need only what changed.",
        "Grouping Resources into Responses",
        List.of(
            Scenario.of("clustersAreComplete", Variant.SOTW, scene -> complete(scene, CLUSTERS)),
            Scenario.of("listenersAreComplete", Variant.SOTW, scene -> complete(scene, LISTENERS)),
            Scenario.of("lastListenerIsDeleted", scene -> lastIsDeleted(scene, LISTENERS)),
            Scenario.of("lastClusterIsDeleted", scene -> lastIsDeleted(scene, CLUSTERS)),
            Scenario.of("changedRoutesAreEnough", P8GroupingTest::changedRoutesAreEnough)));
  }

  private static void complete(Scene scene, XdsType type) {
    Message a = scene.publish(type, "a", "1");
    Message b = scene.publish(type, "b", "1");
    XdsClient client = scene.connect().subscribe(type).acceptUntilHolds(type, a, b);
    scene.publish(type, "a", "2");
    assertThat(client.accept(type).names()).containsExactlyInAnyOrder("a", "b");
    client.nothingMore();
  }

  private static void lastIsDeleted(Scene scene, XdsType type) {
    Message a = scene.publish(type, "a", "1");
    XdsClient client = scene.connect().subscribe(type).acceptUntilHolds(type, a);
    scene.remove(type, "a");
    client.acceptUntilHolds(type).nothingMore();
  }

  private static void changedRoutesAreEnough(Scene scene) {
    Message r = scene.publish(ROUTES, "r", "1");
    Message s = scene.publish(ROUTES, "s", "1");
    XdsClient client = scene.connect().subscribe(ROUTES, "r", "s").acceptUntilHolds(ROUTES, r, s);
    Message changed = scene.publish(ROUTES, "r", "2");
    Answer answer = client.accept(ROUTES);
    assertThat(answer.brings("r", changed)).isTrue();
    if (scene.variant().delta()) {
      assertThat(answer.names()).containsExactly("r");
    }
    client.nothingMore();
  }
}
