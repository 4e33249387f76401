package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.CLUSTERS;
import static io.chancery.it.xds.XdsType.ENDPOINTS;
import static io.chancery.it.xds.XdsType.EXTENSIONS;
import static io.chancery.it.xds.XdsType.LISTENERS;
import static io.chancery.it.xds.XdsType.ROUTES;
import static io.chancery.it.xds.XdsType.RUNTIMES;
import static io.chancery.it.xds.XdsType.SCOPED_ROUTES;
import static io.chancery.it.xds.XdsType.SECRETS;

import com.google.protobuf.Message;
import io.chancery.it.xds.Rule.Scenario;
import java.util.List;

/** Every method that the protocol has answers alike. */
class P1ServicesTest extends ConformanceTest {
  @Override
  Rule rule() {
    return new Rule(
        "P1",
        "Every type is served over every variant.",
        "RPC Services and Methods for Each Variant",
        List.of(
            Scenario.of("everyType", P1ServicesTest::everyType),
            Scenario.of("runtimes", scene -> serves(scene, RUNTIMES)),
            Scenario.of("scopedRoutes", scene -> serves(scene, SCOPED_ROUTES)),
            Scenario.of("extensions", scene -> serves(scene, EXTENSIONS))));
  }

  private static void everyType(Scene scene) {
    for (XdsType type : List.of(CLUSTERS, ENDPOINTS, LISTENERS, ROUTES, SECRETS)) {
      serves(scene, type);
    }
  }

  private static void serves(Scene scene, XdsType type) {
    Message there = scene.publish(type, "a", "1");
    XdsClient client = scene.connect().subscribe(type, "a").acceptUntilHolds(type, there);
    Message changed = scene.publish(type, "a", "2");
    client.acceptUntilHolds(type, changed).nothingMore();
  }
}
