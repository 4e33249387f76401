package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.ENDPOINTS;

import com.google.protobuf.Message;
import io.chancery.it.xds.Rule.Scenario;
import java.util.List;

/** A server reads nothing into a name. */
class P17OpaqueNameTest extends ConformanceTest {
  @Override
  Rule rule() {
    return new Rule(
        "P17",
        "Names are opaque, those of xdstp included; a collection glob stands for all names with its prefix.",
        "xRFC TP1",
        List.of(
            Scenario.of("isNotRead", P17OpaqueNameTest::isNotRead),
            Scenario.of("globOfCollection", P17OpaqueNameTest::globOfCollection)));
  }

  private static final String SHOP =
      "xdstp://authority/envoy.config.endpoint.v3.ClusterLoadAssignment/shop/";

  private static void isNotRead(Scene scene) {
    for (String name : List.of(SHOP + "x?zone=a&env=b", "a/b c%20d", "\u00fcber", "x,*", "**")) {
      Message there = scene.publish(ENDPOINTS, name, "1");
      XdsClient client = scene.connect().subscribe(ENDPOINTS, name);
      client.acceptUntilHolds(ENDPOINTS, there).nothingMore();
    }
  }

  private static void globOfCollection(Scene scene) {
    Message x = scene.publish(ENDPOINTS, SHOP + "x", "1");
    Message y = scene.publish(ENDPOINTS, SHOP + "y", "1");
    scene.publish(ENDPOINTS, "elsewhere", "1");
    XdsClient client = scene.connect().subscribe(ENDPOINTS, SHOP + "*");
    client.acceptUntilHolds(ENDPOINTS, x, y).nothingMore();
  }
}
