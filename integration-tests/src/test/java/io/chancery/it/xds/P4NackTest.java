package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.CLUSTERS;
import static io.chancery.it.xds.XdsType.ENDPOINTS;

import com.google.protobuf.Message;
import io.chancery.it.xds.Rule.Scenario;
import java.util.List;

/** A client may refuse what it is sent. */
class P4NackTest extends ConformanceTest {
  @Override
  Rule rule() {
    return new Rule(
        "P4",
        "A refusal is known by its error_detail, is not answered, and ends nothing.",
        "NACK",
        List.of(
            Scenario.of("isNotAnswered", P4NackTest::isNotAnswered),
            Scenario.of("fixIsOffered", P4NackTest::fixIsOffered),
            Scenario.of("versionDoesNotMatter", Variant.SOTW, P4NackTest::versionDoesNotMatter),
            Scenario.of("otherTypesGoOn", Variant.ADS, P4NackTest::otherTypesGoOn)));
  }

  private static void isNotAnswered(Scene scene) {
    refused(scene).nothingMore();
  }

  private static XdsClient refused(Scene scene) {
    scene.publish(CLUSTERS, "a", "bad");
    XdsClient client = scene.connect().subscribe(CLUSTERS);
    return client.nack(client.next(CLUSTERS), "a is bad");
  }

  private static void fixIsOffered(Scene scene) {
    XdsClient client = refused(scene);
    Message good = scene.publish(CLUSTERS, "a", "good");
    client.acceptUntilHolds(CLUSTERS, good).nothingMore();
  }

  /** A client that holds the version already and refuses a new resource of it repeats it. */
  private static void versionDoesNotMatter(Scene scene) {
    scene.publish(CLUSTERS, "a", "bad");
    XdsClient client = scene.connect().subscribe(CLUSTERS);
    Answer bad = client.next(CLUSTERS);
    client.send(
        CLUSTERS, Ask.of(CLUSTERS).nonce(bad.nonce()).version(bad.version()).error("a is bad"));
    client.nothingMore();
    Message good = scene.publish(CLUSTERS, "a", "good");
    client.acceptUntilHolds(CLUSTERS, good).nothingMore();
  }

  private static void otherTypesGoOn(Scene scene) {
    XdsClient client = refused(scene);
    Message endpoints = scene.publish(ENDPOINTS, "x", "1");
    client.subscribe(ENDPOINTS, "x").acceptUntilHolds(ENDPOINTS, endpoints);
  }
}
