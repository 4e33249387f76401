package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.CLUSTERS;
import static io.chancery.it.xds.XdsType.ENDPOINTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.chancery.it.xds.Rule.Scenario;
import java.util.List;

/** Nothing is sent that brings nothing. */
class P5SilenceTest extends ConformanceTest {
  private static final int CHANGES = 20;

  @Override
  Rule rule() {
    return new Rule(
        "P5",
        "An ACK is not answered, equal content is not sent again, the newest of many changes"
            + " arrives.",
        "When to send an update",
        List.of(
            Scenario.of("ackIsNotAnswered", P5SilenceTest::ackIsNotAnswered),
            Scenario.of("equalContentIsNotSent", P5SilenceTest::equalContentIsNotSent),
            Scenario.of("otherNamesAreNotSent", P5SilenceTest::otherNamesAreNotSent),
            Scenario.of("newestWins", P5SilenceTest::newestWins),
            Scenario.of("newestSubscriptionWins", P5SilenceTest::newestSubscriptionWins)));
  }

  private static void ackIsNotAnswered(Scene scene) {
    Message there = scene.publish(CLUSTERS, "a", "1");
    scene.connect().subscribe(CLUSTERS).acceptUntilHolds(CLUSTERS, there).nothingMore();
  }

  private static void equalContentIsNotSent(Scene scene) {
    Message there = scene.publish(CLUSTERS, "a", "1");
    XdsClient client = scene.connect().subscribe(CLUSTERS).acceptUntilHolds(CLUSTERS, there);
    scene.publish(CLUSTERS, "a", "1");
    client.nothingMore();
  }

  private static void otherNamesAreNotSent(Scene scene) {
    Message there = scene.publish(ENDPOINTS, "x", "1");
    XdsClient client = scene.connect().subscribe(ENDPOINTS, "x").acceptUntilHolds(ENDPOINTS, there);
    scene.publish(ENDPOINTS, "y", "1");
    client.nothingMore();
  }

  private static void newestWins(Scene scene) {
    Message newest = scene.publish(CLUSTERS, "a", "0");
    XdsClient client = scene.connect().subscribe(CLUSTERS);
    for (int change = 1; change <= CHANGES; change++) {
      newest = scene.publish(CLUSTERS, "a", Integer.toString(change));
    }
    int answers = 0;
    while (!client.holds(CLUSTERS, newest)) {
      client.accept(CLUSTERS);
      answers++;
    }
    assertThat(answers).isLessThanOrEqualTo(1 + CHANGES);
    client.nothingMore();
  }

  private static void newestSubscriptionWins(Scene scene) {
    Message x = scene.publish(ENDPOINTS, "x", "1");
    Message y = scene.publish(ENDPOINTS, "y", "1");
    XdsClient client = scene.connect().subscribe(ENDPOINTS, "x").subscribe(ENDPOINTS, "y");
    client.acceptUntilHolds(ENDPOINTS, x, y).nothingMore();
  }
}
