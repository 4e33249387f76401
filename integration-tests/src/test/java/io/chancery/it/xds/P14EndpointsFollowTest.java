package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.CLUSTERS;
import static io.chancery.it.xds.XdsType.ENDPOINTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.chancery.it.xds.Rule.Scenario;
import java.util.List;

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
                P14EndpointsFollowTest::endpointsFollowCluster)));
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
}
