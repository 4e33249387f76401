package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.CLUSTERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.chancery.it.xds.Rule.Scenario;
import io.grpc.Status;
import java.util.List;

/** What has to be said only once. */
class P2NodeTest extends ConformanceTest {
  @Override
  Rule rule() {
    return new Rule(
        "P2",
        "The node is known from the first request; an aggregated stream needs the type in each.",
        "Basic Protocol Overview",
        List.of(
            Scenario.of("nodeIsSaidOnce", P2NodeTest::nodeIsSaidOnce),
            Scenario.of("typelessIsRefused", Variant.ADS, P2NodeTest::typelessIsRefused),
            Scenario.of(
                "typelessIsUnderstood", Variant.PER_TYPE, P2NodeTest::typelessIsUnderstood)));
  }

  private static void nodeIsSaidOnce(Scene scene) {
    scene.publish(CLUSTERS, "a", "1");
    XdsClient client = scene.connect().subscribe(CLUSTERS);
    Answer first = client.next(CLUSTERS);
    client.send(
        CLUSTERS,
        client.usual(CLUSTERS).nonce(first.nonce()).version(first.version()).withoutNode());
    Message changed = scene.publish(CLUSTERS, "a", "2");
    assertThat(client.next(CLUSTERS).brings("a", changed)).isTrue();
  }

  private static void typelessIsRefused(Scene scene) {
    XdsClient client = scene.connect().send(Ask.of(""));
    assertThat(client.end(CLUSTERS).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  private static void typelessIsUnderstood(Scene scene) {
    Message there = scene.publish(CLUSTERS, "a", "1");
    XdsClient client = scene.connect();
    client.send(CLUSTERS, client.usual(CLUSTERS).withoutType());
    client.acceptUntilHolds(CLUSTERS, there).nothingMore();
  }
}
