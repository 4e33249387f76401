package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.CLUSTERS;
import static io.chancery.it.xds.XdsType.LISTENERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.chancery.it.xds.Rule.Scenario;
import java.util.List;

/** There may be nothing to send. */
class P13EmptyTest extends ConformanceTest {
  @Override
  Rule rule() {
    return new Rule(
        "P13",
        "The first request for all resources is answered even if there are none.",
        "Resource warming",
        List.of(
            Scenario.of("clusters", scene -> answersWithNothing(scene, CLUSTERS)),
            Scenario.of("listeners", scene -> answersWithNothing(scene, LISTENERS)),
            Scenario.of("unknownType", Variant.ADS, P13EmptyTest::unknownType)));
  }

  private static void answersWithNothing(Scene scene, XdsType type) {
    XdsClient client = scene.connect().subscribe(type);
    Answer answer = client.accept(type);
    assertThat(answer.resources()).isEmpty();
    assertThat(answer.removed()).isEmpty();
    client.nothingMore();
    Message born = scene.publish(type, "a", "1");
    client.acceptUntilHolds(type, born).nothingMore();
  }

  /** A newer client asks for types that this server does not know; it must start all the same. */
  private static void unknownType(Scene scene) {
    Message there = scene.publish(CLUSTERS, "a", "1");
    String unknown = "type.googleapis.com/kit.Unknown";
    XdsClient client = scene.connect().send(Ask.of(unknown));
    Answer answer = client.next(unknown);
    assertThat(answer.resources()).isEmpty();
    client.send(Ask.of(unknown).nonce(answer.nonce()).version(answer.version()));
    client.subscribe(CLUSTERS).acceptUntilHolds(CLUSTERS, there).nothingMore();
  }
}
