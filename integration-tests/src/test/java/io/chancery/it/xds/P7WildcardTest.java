package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.CLUSTERS;
import static io.chancery.it.xds.XdsType.ENDPOINTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.chancery.it.xds.Rule.Scenario;
import java.util.List;

/** How a client asks for all resources of a type. */
class P7WildcardTest extends ConformanceTest {
  @Override
  Rule rule() {
    return new Rule(
        "P7",
        "All resources are asked for by *, or by no name as long as none was ever given.",
        "How the client specifies what resources to return",
        List.of(
            Scenario.of("noNameMeansAll", P7WildcardTest::noNameMeansAll),
            Scenario.of("starMeansAll", P7WildcardTest::starMeansAll),
            Scenario.of("starOfEndpoints", P7WildcardTest::starOfEndpoints),
            Scenario.of("namedClusterMeansOne", P7WildcardTest::namedClusterMeansOne),
            Scenario.of("starAndNameGrow", P7WildcardTest::starAndNameGrow),
            Scenario.of("fourSteps", P7WildcardTest::fourSteps)));
  }

  private static void noNameMeansAll(Scene scene) {
    Message a = scene.publish(CLUSTERS, "a", "1");
    Message b = scene.publish(CLUSTERS, "b", "1");
    XdsClient client = scene.connect().subscribe(CLUSTERS).acceptUntilHolds(CLUSTERS, a, b);
    Message c = scene.publish(CLUSTERS, "c", "1");
    client.acceptUntilHolds(CLUSTERS, a, b, c).nothingMore();
  }

  private static void starMeansAll(Scene scene) {
    Message a = scene.publish(CLUSTERS, "a", "1");
    Message b = scene.publish(CLUSTERS, "b", "1");
    XdsClient client = scene.connect().subscribe(CLUSTERS, "*").acceptUntilHolds(CLUSTERS, a, b);
    client.nothingMore();
  }

  private static void starOfEndpoints(Scene scene) {
    Message x = scene.publish(ENDPOINTS, "x", "1");
    Message y = scene.publish(ENDPOINTS, "y", "1");
    XdsClient client = scene.connect().subscribe(ENDPOINTS, "*").acceptUntilHolds(ENDPOINTS, x, y);
    client.nothingMore();
  }

  private static void namedClusterMeansOne(Scene scene) {
    Message a = scene.publish(CLUSTERS, "a", "1");
    scene.publish(CLUSTERS, "b", "1");
    XdsClient client = scene.connect().subscribe(CLUSTERS, "a").acceptUntilHolds(CLUSTERS, a);
    scene.publish(CLUSTERS, "c", "1");
    client.nothingMore();
  }

  private static void starAndNameGrow(Scene scene) {
    Message a = scene.publish(CLUSTERS, "a", "1");
    Message b = scene.publish(CLUSTERS, "b", "1");
    XdsClient client = scene.connect().subscribe(CLUSTERS, "a").acceptUntilHolds(CLUSTERS, a);
    client.subscribe(CLUSTERS, "*").acceptUntilHolds(CLUSTERS, a, b).nothingMore();
  }

  /**
   * The example of the specification, once for each protocol, with a change after each step. The
   * third cluster is there to be answered: then the server knows of the step.
   */
  private static void fourSteps(Scene scene) {
    Message a = scene.publish(CLUSTERS, "a", "1");
    Message b = scene.publish(CLUSTERS, "b", "1");
    Message c = scene.publish(CLUSTERS, "c", "1");
    XdsClient client = scene.connect().subscribe(CLUSTERS).acceptUntilHolds(CLUSTERS, a, b, c);
    client.subscribe(CLUSTERS, "a");
    if (scene.variant().delta()) {
      assertThat(client.accept(CLUSTERS).brings("a", a)).isTrue();
    }
    Message other = scene.publish(CLUSTERS, "b", "2");
    client.acceptUntilHolds(CLUSTERS, a, other, c);

    client.send(CLUSTERS, client.usual(CLUSTERS).unsubscribe("*").subscribe("c"));
    client.acceptUntil(CLUSTERS, answer -> !answer.names().contains("b"));
    scene.publish(CLUSTERS, "b", "3");
    Message changed = scene.publish(CLUSTERS, "a", "2");
    Answer answer = client.accept(CLUSTERS);
    assertThat(answer.brings("a", changed)).isTrue();
    assertThat(answer.names()).doesNotContain("b");

    client.unsubscribe(CLUSTERS, "a", "c").nothingMore();
    scene.publish(CLUSTERS, "b", "4");
    client.nothingMore();
  }
}
