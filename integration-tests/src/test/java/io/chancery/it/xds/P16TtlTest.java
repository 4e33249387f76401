package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.ENDPOINTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.it.xds.Rule.Scenario;
import java.util.List;

/** A resource may expire, for clients that can take it. */
class P16TtlTest extends ConformanceTest {
  @Override
  Rule rule() {
    return new Rule(
        "P16",
        "No TTL and no heartbeat is sent to a client that did not say that it supports them.",
        "TTL",
        List.of(Scenario.of("noTtlUnasked", P16TtlTest::noTtlUnasked)));
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
}
