package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.CLUSTERS;
import static io.chancery.it.xds.XdsType.ENDPOINTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.chancery.it.xds.Rule.Scenario;
import java.util.List;

/** What is gone, and what is not asked for any more. */
class P10RemovalTest extends ConformanceTest {
  @Override
  Rule rule() {
    return new Rule(
        "P10",
        "A removal is said; to unsubscribe is answered only where the wildcard still covers the name.",
        "Deleting Resources; Unsubscribing From Resources",
        List.of(
            Scenario.of("removalIsSaid", P10RemovalTest::removalIsSaid),
            Scenario.of("unsubscribedIsNotSent", P10RemovalTest::unsubscribedIsNotSent),
            Scenario.of("wildcardCoversName", Variant.DELTA, P10RemovalTest::wildcardCoversName),
            Scenario.of(
                "wildcardCoversMissingName",
                Variant.DELTA,
                P10RemovalTest::wildcardCoversMissingName),
            Scenario.of(
                "unknownNameIsIgnored", Variant.DELTA, P10RemovalTest::unknownNameIsIgnored)));
  }

  private static void removalIsSaid(Scene scene) {
    Message a = scene.publish(CLUSTERS, "a", "1");
    Message b = scene.publish(CLUSTERS, "b", "1");
    XdsClient client = scene.connect().subscribe(CLUSTERS, "a", "b");
    client.acceptUntilHolds(CLUSTERS, a, b);
    scene.remove(CLUSTERS, "a");
    Answer answer = client.accept(CLUSTERS);
    assertThat(client.holds(CLUSTERS, b)).isTrue();
    if (scene.variant().delta()) {
      assertThat(answer.removed()).containsExactly("a");
      assertThat(answer.resources()).isEmpty();
    }
    client.nothingMore();
  }

  /** The third name is there to be answered: then the server knows of the second. */
  private static void unsubscribedIsNotSent(Scene scene) {
    Message x = scene.publish(ENDPOINTS, "x", "1");
    Message y = scene.publish(ENDPOINTS, "y", "1");
    scene.publish(ENDPOINTS, "z", "1");
    XdsClient client = scene.connect().subscribe(ENDPOINTS, "x", "y");
    client.acceptUntilHolds(ENDPOINTS, x, y);
    client.send(ENDPOINTS, client.usual(ENDPOINTS).unsubscribe("y").subscribe("z"));
    client.acceptUntil(ENDPOINTS, it -> it.names().contains("z"));
    scene.publish(ENDPOINTS, "y", "2");
    scene.remove(ENDPOINTS, "y");
    assertThat(client.settle(ENDPOINTS))
        .noneMatch(it -> it.names().contains("y") || it.removed().contains("y"));
    Message changed = scene.publish(ENDPOINTS, "x", "2");
    assertThat(client.accept(ENDPOINTS).brings("x", changed)).isTrue();
  }

  private static void wildcardCoversName(Scene scene) {
    Message a = scene.publish(CLUSTERS, "a", "1");
    XdsClient client = scene.connect().subscribe(CLUSTERS, "*", "a");
    client.acceptUntilHolds(CLUSTERS, a).unsubscribe(CLUSTERS, "a");
    assertThat(client.accept(CLUSTERS).names()).containsExactly("a");
    client.nothingMore();
  }

  private static void wildcardCoversMissingName(Scene scene) {
    Message a = scene.publish(CLUSTERS, "a", "1");
    XdsClient client = scene.connect().subscribe(CLUSTERS, "*", "b");
    client.acceptUntilHolds(CLUSTERS, a);
    client.unsubscribe(CLUSTERS, "b");
    assertThat(client.accept(CLUSTERS).removed()).containsExactly("b");
    client.nothingMore();
  }

  private static void unknownNameIsIgnored(Scene scene) {
    Message a = scene.publish(CLUSTERS, "a", "1");
    XdsClient client = scene.connect().subscribe(CLUSTERS, "a").acceptUntilHolds(CLUSTERS, a);
    client.unsubscribe(CLUSTERS, "phantom").nothingMore();
    Message changed = scene.publish(CLUSTERS, "a", "2");
    client.acceptUntilHolds(CLUSTERS, changed).nothingMore();
  }
}
