package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.CLUSTERS;
import static io.chancery.it.xds.XdsType.ENDPOINTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.chancery.it.xds.Rule.Scenario;
import java.util.List;

/** A client that comes back says what it holds. */
class P12ReconnectTest extends ConformanceTest {
  @Override
  Rule rule() {
    return new Rule(
        "P12",
        "On a new stream only what differs is sent, also by another replica.",
        "ACK/NACK and resource type instance version; Incremental xDS",
        List.of(
            Scenario.of("equalIsSkipped", P12ReconnectTest::equalIsSkipped),
            Scenario.of(
                "equalNamesAreSkipped", Variant.DELTA, P12ReconnectTest::equalNamesAreSkipped),
            Scenario.of("differentIsSent", P12ReconnectTest::differentIsSent),
            Scenario.of("vanishedIsRemoved", P12ReconnectTest::vanishedIsRemoved),
            Scenario.of("newNameIsSent", P12ReconnectTest::newNameIsSent),
            Scenario.of("replicaAgrees", P12ReconnectTest::replicaAgrees)));
  }

  private static XdsClient holdsTwo(Scene scene) {
    Message a = scene.publish(CLUSTERS, "a", "1");
    Message b = scene.publish(CLUSTERS, "b", "1");
    return scene.connect().subscribe(CLUSTERS).acceptUntilHolds(CLUSTERS, a, b);
  }

  private static void equalIsSkipped(Scene scene) {
    XdsClient before = holdsTwo(scene);
    XdsClient client = scene.connect().resume(CLUSTERS, before).nothingMore();
    Message c = scene.publish(CLUSTERS, "c", "1");
    assertThat(client.accept(CLUSTERS).brings("c", c)).isTrue();
  }

  private static void equalNamesAreSkipped(Scene scene) {
    Message x = scene.publish(ENDPOINTS, "x", "1");
    XdsClient before = scene.connect().subscribe(ENDPOINTS, "x").acceptUntilHolds(ENDPOINTS, x);
    XdsClient client = scene.connect().resume(ENDPOINTS, before, "x").nothingMore();
    Message changed = scene.publish(ENDPOINTS, "x", "2");
    assertThat(client.accept(ENDPOINTS).brings("x", changed)).isTrue();
  }

  private static void differentIsSent(Scene scene) {
    XdsClient before = holdsTwo(scene);
    Message changed = scene.publish(CLUSTERS, "a", "2");
    XdsClient client = scene.connect().resume(CLUSTERS, before);
    Answer answer = client.accept(CLUSTERS);
    assertThat(answer.brings("a", changed)).isTrue();
    if (scene.variant().delta()) {
      assertThat(answer.names()).containsExactly("a");
    }
    client.nothingMore();
  }

  private static void vanishedIsRemoved(Scene scene) {
    XdsClient before = holdsTwo(scene);
    scene.remove(CLUSTERS, "b");
    XdsClient client = scene.connect().resume(CLUSTERS, before);
    Answer answer = client.accept(CLUSTERS);
    if (scene.variant().delta()) {
      assertThat(answer.removed()).containsExactly("b");
      assertThat(answer.resources()).isEmpty();
    } else if (answer
        .names()
        .contains("b")) { // It may stay until it is sure that nothing needs it.
      assertThat(client.accept(CLUSTERS).names()).containsExactly("a");
    } else {
      assertThat(answer.names()).containsExactly("a");
    }
    client.nothingMore();
  }

  private static void newNameIsSent(Scene scene) {
    Message x = scene.publish(ENDPOINTS, "x", "1");
    Message y = scene.publish(ENDPOINTS, "y", "1");
    XdsClient before = scene.connect().subscribe(ENDPOINTS, "x").acceptUntilHolds(ENDPOINTS, x);
    XdsClient client = scene.connect().resume(ENDPOINTS, before, "x", "y");
    assertThat(client.accept(ENDPOINTS).brings("y", y)).isTrue();
    client.nothingMore();
  }

  /** What the first server sent is what the second would have sent. */
  private static void replicaAgrees(Scene scene) {
    XdsClient before = holdsTwo(scene);
    ServerUnderTest replica = scene.replica();
    replica.set(CLUSTERS, "b", Samples.of(CLUSTERS, "b", "1"));
    replica.commit();
    replica.set(CLUSTERS, "a", Samples.of(CLUSTERS, "a", "1"));
    replica.commit();
    scene.connect(replica).resume(CLUSTERS, before).nothingMore();
  }
}
