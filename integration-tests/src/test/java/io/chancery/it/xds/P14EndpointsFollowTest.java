package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.CLUSTERS;
import static io.chancery.it.xds.XdsType.ENDPOINTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.chancery.it.xds.Rule.Scenario;
import java.util.List;
import java.util.Set;

/** A changed cluster warms until it is told its endpoints again. */
class P14EndpointsFollowTest extends ConformanceTest {
  @Override
  Rule rule() {
    return new Rule(
        "P14",
        "The endpoints of a changed cluster are sent after it, even if they are equal.",
        "Resource warming",
        List.of(
            Scenario.of(
                "endpointsFollowCluster",
                Variant.ADS,
                P14EndpointsFollowTest::endpointsFollowCluster),
            Scenario.of(
                "cutBetweenBoth",
                Set.of(Variant.DELTA_ADS),
                P14EndpointsFollowTest::cutBetweenBoth)));
  }

  private static void endpointsFollowCluster(Scene scene) {
    Message cluster = scene.publish(CLUSTERS, "x", Samples.edsCluster("x", "1"));
    Message endpoints = scene.publish(ENDPOINTS, "x", "1");
    XdsClient client = scene.connect().subscribe(CLUSTERS).acceptUntilHolds(CLUSTERS, cluster);
    client.subscribe(ENDPOINTS, "x").acceptUntilHolds(ENDPOINTS, endpoints).nothingMore();

    Message changed = scene.publish(CLUSTERS, "x", Samples.edsCluster("x", "2"));
    Answer first = client.next();
    assertThat(first.brings("x", changed)).isTrue();
    client.ack(first);
    assertThat(client.accept(ENDPOINTS).brings("x", endpoints)).isTrue();
    client.nothingMore();
  }

  /** The cluster came before the stream was cut, and its endpoints did not come again. */
  private static void cutBetweenBoth(Scene scene) {
    Message cluster = scene.publish(CLUSTERS, "x", Samples.edsCluster("x", "1"));
    Message endpoints = scene.publish(ENDPOINTS, "x", "1");
    Message others = scene.publish(ENDPOINTS, "y", "1");
    XdsClient client = scene.connect().subscribe(CLUSTERS).acceptUntilHolds(CLUSTERS, cluster);
    client.subscribe(ENDPOINTS, "x", "y").acceptUntilHolds(ENDPOINTS, endpoints, others);
    scene.publish(CLUSTERS, "x", Samples.edsCluster("x", "2"));
    client.ack(client.next());
    client.close();

    XdsClient again = scene.connect().resume(CLUSTERS, client);
    again.resume(ENDPOINTS, client, "x", "y");
    Answer answer = again.accept(ENDPOINTS);
    assertThat(answer.brings("x", endpoints)).isTrue();
    assertThat(answer.names()).containsExactly("x");
    again.nothingMore();
  }
}
