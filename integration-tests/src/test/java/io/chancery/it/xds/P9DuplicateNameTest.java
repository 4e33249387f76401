package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.CLUSTERS;
import static io.chancery.it.xds.XdsType.ENDPOINTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.chancery.it.xds.Rule.Scenario;
import java.util.List;

/** A response names a resource once. */
class P9DuplicateNameTest extends ConformanceTest {
  @Override
  Rule rule() {
    return new Rule(
        "P9",
        "No response has a name twice, however often it was asked for.",
        "Duplicate Resource Names",
        List.of(
            Scenario.of("wildcardAndName", P9DuplicateNameTest::wildcardAndName),
            Scenario.of("nameTwice", P9DuplicateNameTest::nameTwice)));
  }

  private static void wildcardAndName(Scene scene) {
    Message a = scene.publish(CLUSTERS, "a", "1");
    Message b = scene.publish(CLUSTERS, "b", "1");
    XdsClient client = scene.connect().subscribe(CLUSTERS, "*", "a", "a");
    while (!client.holds(CLUSTERS, a, b)) {
      assertThat(client.accept(CLUSTERS).names()).doesNotHaveDuplicates();
    }
    client.nothingMore();
  }

  private static void nameTwice(Scene scene) {
    scene.publish(ENDPOINTS, "x", "1");
    XdsClient client = scene.connect().subscribe(ENDPOINTS, "x", "x");
    assertThat(client.accept(ENDPOINTS).names()).containsExactly("x");
    client.nothingMore();
  }
}
