package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.CLUSTERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.chancery.it.xds.Rule.Scenario;
import java.util.List;

/** A newer field, for clients that declare it. */
class P18ResourceErrorsTest extends ConformanceTest {
  @Override
  Rule rule() {
    return new Rule(
        "P18",
        "resource_errors stays unset until a client declares support.",
        "DiscoveryResponse.resource_errors",
        List.of(Scenario.of("isUnset", P18ResourceErrorsTest::isUnset)));
  }

  private static void isUnset(Scene scene) {
    Message there = scene.publish(CLUSTERS, "a", "1");
    XdsClient client = scene.connect().subscribe(CLUSTERS, "a", "missing");
    while (!client.holds(CLUSTERS, there)) {
      assertThat(client.accept(CLUSTERS).errors()).isZero();
    }
    client.nothingMore();
  }
}
