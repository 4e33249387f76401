package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.ENDPOINTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.chancery.it.xds.Rule.Scenario;
import java.util.List;

/** A client may ask for what does not exist. */
class P11MissingNameTest extends ConformanceTest {
  @Override
  Rule rule() {
    return new Rule(
        "P11",
        "A name that does not exist stays subscribed, and is sent when it is born; delta says that"
            + " it is missing.",
        "Knowing When a Requested Resource Does Not Exist",
        List.of(
            Scenario.of("isSaidToBeMissing", Variant.DELTA, P11MissingNameTest::isSaidToBeMissing),
            Scenario.of("isNotSent", Variant.SOTW, P11MissingNameTest::isNotSent),
            Scenario.of("bornLater", P11MissingNameTest::bornLater),
            Scenario.of("bornAgain", P11MissingNameTest::bornAgain),
            Scenario.of("bornAgainEqual", Variant.DELTA, P11MissingNameTest::bornAgainEqual),
            Scenario.of("harmsNoOtherName", P11MissingNameTest::harmsNoOtherName)));
  }

  private static void isSaidToBeMissing(Scene scene) {
    XdsClient client = scene.connect().subscribe(ENDPOINTS, "x");
    Answer answer = client.accept(ENDPOINTS);
    assertThat(answer.removed()).containsExactly("x");
    assertThat(answer.resources()).isEmpty();
    client.nothingMore();
  }

  private static void isNotSent(Scene scene) {
    XdsClient client = scene.connect().subscribe(ENDPOINTS, "x");
    assertThat(client.settle(ENDPOINTS)).allMatch(answer -> answer.resources().isEmpty());
  }

  private static void bornLater(Scene scene) {
    XdsClient client = scene.connect().subscribe(ENDPOINTS, "x");
    assertThat(client.settle(ENDPOINTS)).allMatch(answer -> answer.resources().isEmpty());
    Message born = scene.publish(ENDPOINTS, "x", "1");
    client.acceptUntilHolds(ENDPOINTS, born).nothingMore();
  }

  private static void bornAgain(Scene scene) {
    XdsClient client = born(scene);
    Message again = scene.publish(ENDPOINTS, "x", "2");
    client.acceptUntilHolds(ENDPOINTS, again).nothingMore();
  }

  private static void bornAgainEqual(Scene scene) {
    XdsClient client = born(scene);
    Message again = scene.publish(ENDPOINTS, "x", "1");
    client.acceptUntilHolds(ENDPOINTS, again).nothingMore();
  }

  /** A client whose resource was born and has died; SotW need not say so. */
  private static XdsClient born(Scene scene) {
    Message first = scene.publish(ENDPOINTS, "x", "1");
    XdsClient client = scene.connect().subscribe(ENDPOINTS, "x");
    client.acceptUntilHolds(ENDPOINTS, first);
    scene.remove(ENDPOINTS, "x");
    if (scene.variant().delta()) {
      assertThat(client.accept(ENDPOINTS).removed()).containsExactly("x");
    }
    return client;
  }

  private static void harmsNoOtherName(Scene scene) {
    Message there = scene.publish(ENDPOINTS, "there", "1");
    XdsClient client = scene.connect().subscribe(ENDPOINTS, "there", "missing");
    client.acceptUntilHolds(ENDPOINTS, there);
    Message changed = scene.publish(ENDPOINTS, "there", "2");
    client.acceptUntilHolds(ENDPOINTS, changed);
  }
}
