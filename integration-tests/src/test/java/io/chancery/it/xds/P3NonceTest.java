package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.CLUSTERS;
import static io.chancery.it.xds.XdsType.ENDPOINTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.chancery.it.xds.Rule.Scenario;
import java.util.ArrayList;
import java.util.List;

/** A nonce says which response a request answers. */
class P3NonceTest extends ConformanceTest {
  @Override
  Rule rule() {
    return new Rule(
        "P3",
        "Nonces are unique on a stream; one that is stale, repeated or unknown acknowledges nothing and harms nothing.",
        "Resource updates",
        List.of(
            Scenario.of("areUnique", P3NonceTest::areUnique),
            Scenario.of("staleStillSubscribes", Variant.DELTA, P3NonceTest::staleStillSubscribes),
            Scenario.of("staleIsNotAnswered", Variant.SOTW, P3NonceTest::staleIsNotAnswered),
            Scenario.of("repeatedHarmsNothing", P3NonceTest::repeatedHarmsNothing),
            Scenario.of("unknownHarmsNothing", P3NonceTest::unknownHarmsNothing),
            Scenario.of("foreignHarmsNothing", P3NonceTest::foreignHarmsNothing)));
  }

  private static void areUnique(Scene scene) {
    XdsClient client = scene.connect();
    List<String> nonces = new ArrayList<>();
    for (String tag : List.of("1", "2", "3")) {
      Message cluster = scene.publish(CLUSTERS, "a", tag);
      if (tag.equals("1")) {
        client.subscribe(CLUSTERS);
      }
      nonces.add(client.acceptUntil(CLUSTERS, it -> it.brings("a", cluster)).nonce());
    }
    if (scene.variant().aggregated()) {
      scene.publish(ENDPOINTS, "x", "1");
      nonces.add(client.subscribe(ENDPOINTS, "x").accept(ENDPOINTS).nonce());
    }
    assertThat(nonces).doesNotHaveDuplicates().doesNotContain("");
  }

  private static void staleStillSubscribes(Scene scene) {
    Stale stale = stale(scene);
    XdsClient client = stale.client();
    client.send(ENDPOINTS, client.usual(ENDPOINTS).nonce(stale.older().nonce()).subscribe("y"));
    client.ack(stale.newer()).acceptUntilHolds(ENDPOINTS, stale.x(), stale.y()).nothingMore();
  }

  /** Late after the newer answer was acknowledged, too: then nothing else holds it back. */
  private static void staleIsNotAnswered(Scene scene) {
    Stale stale = stale(scene);
    XdsClient client = stale.client();
    Ask late = Ask.of(ENDPOINTS).nonce(stale.older().nonce()).version(stale.older().version());
    client.send(ENDPOINTS, late.subscribe("y")).nothingMore();
    Ask ack = Ask.of(ENDPOINTS).nonce(stale.newer().nonce()).version(stale.newer().version());
    client.send(ENDPOINTS, ack.unsubscribe("y")).nothingMore();
    client.send(ENDPOINTS, late.subscribe("y")).nothingMore();
    client.ack(stale.newer()).acceptUntilHolds(ENDPOINTS, stale.x(), stale.y()).nothingMore();
  }

  /** A client that was sent the newer answer and has not answered it. */
  private record Stale(XdsClient client, Answer older, Answer newer, Message x, Message y) {}

  private static Stale stale(Scene scene) {
    Message first = scene.publish(ENDPOINTS, "x", "1");
    Message y = scene.publish(ENDPOINTS, "y", "1");
    XdsClient client = scene.connect().subscribe(ENDPOINTS, "x");
    Answer older = client.acceptUntil(ENDPOINTS, it -> it.brings("x", first));
    Message x = scene.publish(ENDPOINTS, "x", "2");
    return new Stale(client, older, client.next(ENDPOINTS), x, y);
  }

  private static void repeatedHarmsNothing(Scene scene) {
    scene.publish(ENDPOINTS, "x", "1");
    XdsClient client = scene.connect().subscribe(ENDPOINTS, "x");
    Answer answer = client.accept(ENDPOINTS);
    client.ack(answer).ack(answer).nothingMore();
    Message changed = scene.publish(ENDPOINTS, "x", "2");
    client.acceptUntilHolds(ENDPOINTS, changed).nothingMore();
  }

  private static void unknownHarmsNothing(Scene scene) {
    Message there = scene.publish(ENDPOINTS, "x", "1");
    XdsClient client = scene.connect().subscribe(ENDPOINTS, "x").acceptUntilHolds(ENDPOINTS, there);
    client.send(ENDPOINTS, client.usual(ENDPOINTS).nonce("unknown"));
    Message changed = scene.publish(ENDPOINTS, "x", "2");
    client.acceptUntilHolds(ENDPOINTS, changed).nothingMore();
  }

  private static void foreignHarmsNothing(Scene scene) {
    Message x = scene.publish(ENDPOINTS, "x", "1");
    scene.publish(ENDPOINTS, "y", "1");
    XdsClient before = scene.connect().subscribe(ENDPOINTS, "x");
    Answer foreign = before.accept(ENDPOINTS);
    XdsClient client = scene.connect();
    client.send(ENDPOINTS, Ask.of(ENDPOINTS).nonce(foreign.nonce()).subscribe("y"));
    client.subscribe(ENDPOINTS, "x");
    Answer answer = client.acceptUntil(ENDPOINTS, it -> it.names().contains("x"));
    assertThat(answer.brings("x", x)).isTrue();
  }
}
