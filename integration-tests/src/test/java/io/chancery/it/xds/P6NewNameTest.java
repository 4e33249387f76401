package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.ENDPOINTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.chancery.it.xds.Rule.Scenario;
import java.util.List;

/** What is asked for anew is sent. */
class P6NewNameTest extends ConformanceTest {
  @Override
  Rule rule() {
    return new Rule(
        "P6",
        "A name that is newly asked for is answered, even if nothing changed.",
        "How the client specifies what resources to return",
        List.of(
            Scenario.of("anotherName", P6NewNameTest::anotherName),
            Scenario.of("subscribedAgain", Variant.DELTA, P6NewNameTest::subscribedAgain),
            Scenario.of("leftAndSubscribedAgain", P6NewNameTest::leftAndSubscribedAgain)));
  }

  private static void anotherName(Scene scene) {
    XdsClient client = holdsX(scene);
    Message y = scene.publish(ENDPOINTS, "y", "1");
    Answer answer =
        client.subscribe(ENDPOINTS, "y").acceptUntil(ENDPOINTS, it -> it.names().contains("y"));
    assertThat(answer.brings("y", y)).isTrue();
    client.nothingMore();
  }

  private static XdsClient holdsX(Scene scene) {
    Message x = scene.publish(ENDPOINTS, "x", "1");
    return scene.connect().subscribe(ENDPOINTS, "x").acceptUntilHolds(ENDPOINTS, x);
  }

  private static void subscribedAgain(Scene scene) {
    XdsClient client = holdsX(scene).subscribe(ENDPOINTS, "x");
    assertThat(client.accept(ENDPOINTS).names()).containsExactly("x");
    client.nothingMore();
  }

  private static void leftAndSubscribedAgain(Scene scene) {
    XdsClient client = holdsX(scene).unsubscribe(ENDPOINTS, "x").nothingMore();
    client.subscribe(ENDPOINTS, "x");
    assertThat(client.accept(ENDPOINTS).names()).containsExactly("x");
    client.nothingMore();
  }
}
