package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.ENDPOINTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.chancery.it.xds.Rule.Scenario;
import java.time.Duration;
import java.util.List;

/** A resource may expire, for clients that can take it. */
class P16TtlTest extends ConformanceTest {
  /** Short, so that heartbeats come within the patience of a test. */
  private static final Duration TIME = Duration.ofSeconds(2);

  /** As in Envoy's page "Well Known Client Features". */
  private static final String TAKES_TTL = "xds.config.supports-resource-ttl";

  private static final String UNWRAPS = "xds.config.resource-in-sotw";

  @Override
  Rule rule() {
    return new Rule(
        "P16",
        "A TTL and heartbeats without a body go to clients that say that they support them, and to no other.",
        "TTL",
        List.of(
            Scenario.of("noTtlUnasked", P16TtlTest::noTtlUnasked),
            Scenario.of("saysItsTime", P16TtlTest::saysItsTime),
            Scenario.of("heartbeats", P16TtlTest::heartbeats),
            Scenario.of("timeIsTaken", P16TtlTest::timeIsTaken),
            Scenario.of("unaskedIsPlain", P16TtlTest::unaskedIsPlain)));
  }

  private static void noTtlUnasked(Scene scene) {
    scene.publish(ENDPOINTS, "x", "1");
    XdsClient client = scene.connect().subscribe(ENDPOINTS, "x");
    assertThat(client.accept(ENDPOINTS).resources())
        .isNotEmpty()
        .noneMatch(Answer.Item::ttl)
        .noneMatch(item -> item.body().isEmpty());
    client.nothingMore();
  }

  private static Message publish(Scene scene, String name, String tag) {
    Message message = Samples.of(ENDPOINTS, name, tag);
    scene.server().set(ENDPOINTS, name, message, TIME);
    scene.server().commit();
    return message;
  }

  private static XdsClient understanding(Scene scene) {
    return scene.connect().understands(TAKES_TTL, UNWRAPS);
  }

  private static void saysItsTime(Scene scene) {
    Message x = publish(scene, "x", "1");
    Message y = scene.publish(ENDPOINTS, "y", "1");
    XdsClient client = understanding(scene).subscribe(ENDPOINTS, "x", "y");
    Answer answer = client.accept(ENDPOINTS);
    assertThat(answer.brings("x", x)).isTrue();
    assertThat(answer.brings("y", y)).isTrue();
    assertThat(answer.resources())
        .filteredOn(Answer.Item::ttl)
        .singleElement()
        .matches(item -> item.name().equals("x"));
  }

  private static void heartbeats(Scene scene) {
    Message x = publish(scene, "x", "1");
    XdsClient client = understanding(scene).subscribe(ENDPOINTS, "x");
    String version = client.accept(ENDPOINTS).resources().getFirst().version();
    for (int i = 0; i < 3; i++) {
      assertThat(client.accept(ENDPOINTS).resources())
          .singleElement()
          .matches(Answer.Item::heartbeat)
          .matches(item -> item.name().equals("x") && item.version().equals(version));
      assertThat(client.holds(ENDPOINTS, x)).isTrue();
    }
  }

  private static void timeIsTaken(Scene scene) {
    Message x = publish(scene, "x", "1");
    XdsClient client = understanding(scene).subscribe(ENDPOINTS, "x");
    client.acceptUntilHolds(ENDPOINTS, x);
    scene.publish(ENDPOINTS, "x", x);
    Answer answer = client.acceptUntil(ENDPOINTS, it -> it.brings("x", x));
    assertThat(answer.resources()).noneMatch(Answer.Item::ttl);
    client.nothingMore(TIME);
  }

  private static void unaskedIsPlain(Scene scene) {
    Message x = publish(scene, "x", "1");
    XdsClient client = scene.connect().subscribe(ENDPOINTS, "x");
    Answer answer = client.accept(ENDPOINTS);
    assertThat(answer.brings("x", x)).isTrue();
    assertThat(answer.resources()).noneMatch(Answer.Item::ttl);
    client.nothingMore(TIME);
  }
}
