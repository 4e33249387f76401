package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.ENDPOINTS;
import static org.assertj.core.api.Assertions.assertThat;

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
            Scenario.of("globOfCollection", P17OpaqueNameTest::globOfCollection),
            Scenario.of("globGrows", P17OpaqueNameTest::globGrows),
            Scenario.of("globOfNone", Variant.DELTA, P17OpaqueNameTest::globOfNone),
            Scenario.of("globIsLeft", P17OpaqueNameTest::globIsLeft),
            Scenario.of("parameterChanges", P17OpaqueNameTest::parameterChanges)));
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

  private static void globGrows(Scene scene) {
    Message x = scene.publish(ENDPOINTS, SHOP + "x", "1");
    XdsClient client = scene.connect().subscribe(ENDPOINTS, SHOP + "*");
    client.acceptUntilHolds(ENDPOINTS, x);
    Message y = scene.publish(ENDPOINTS, SHOP + "y", "1");
    client.acceptUntilHolds(ENDPOINTS, x, y);
    scene.publish(ENDPOINTS, "elsewhere", "1");
    scene.publish(ENDPOINTS, SHOP + "z?zone=a", "1"); // Of another collection: it has parameters.
    client.nothingMore();
    Message changed = scene.publish(ENDPOINTS, SHOP + "x", "2");
    client.acceptUntilHolds(ENDPOINTS, changed, y).nothingMore();
  }

  private static void globOfNone(Scene scene) {
    XdsClient client = scene.connect().subscribe(ENDPOINTS, SHOP + "*");
    assertThat(client.accept(ENDPOINTS).removed()).containsExactly(SHOP + "*");
    Message x = scene.publish(ENDPOINTS, SHOP + "x", "1");
    client.acceptUntilHolds(ENDPOINTS, x);
    scene.remove(ENDPOINTS, SHOP + "x");
    assertThat(client.accept(ENDPOINTS).removed()).containsExactly(SHOP + "x");
    client.nothingMore();
  }

  private static void globIsLeft(Scene scene) {
    Message x = scene.publish(ENDPOINTS, SHOP + "x", "1");
    XdsClient client = scene.connect().subscribe(ENDPOINTS, SHOP + "*", SHOP + "x");
    client.acceptUntilHolds(ENDPOINTS, x).unsubscribe(ENDPOINTS, SHOP + "*").nothingMore();
    scene.publish(ENDPOINTS, SHOP + "y", "1");
    Message changed = scene.publish(ENDPOINTS, SHOP + "x", "2");
    client.acceptUntil(ENDPOINTS, answer -> answer.brings(SHOP + "x", changed));
    client.nothingMore();
    assertThat(client.held(ENDPOINTS)).containsExactly(SHOP + "x");
  }

  /** No resource depends on them, so nothing is sent; and what changes later still is. */
  private static void parameterChanges(Scene scene) {
    Message x = scene.publish(ENDPOINTS, "x", "1");
    XdsClient client = scene.connect().hasParameter(ENDPOINTS, "zone", "a");
    client.subscribe(ENDPOINTS, "x").acceptUntilHolds(ENDPOINTS, x);
    client.hasParameter(ENDPOINTS, "zone", "b").send(ENDPOINTS, client.usual(ENDPOINTS));
    client.nothingMore();
    Message changed = scene.publish(ENDPOINTS, "x", "2");
    client.acceptUntilHolds(ENDPOINTS, changed).nothingMore();
  }
}
