package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.stream.XdsMetrics;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A control plane that cannot read its sources serves what the fleet ran last. */
class StoredSnapshotTest {

  @Test
  void servesTheLastSnapshotWithoutItsSourcesAndDeletesNothing() {
    try (Upstream orders = new Upstream("orders");
        RunningGateway gateway =
            new RunningGateway(RunningGateway.GATEWAY, orders.asService("orders"))) {
      gateway.write("a.yaml", BadInputs.route("a", "/a", "orders"));
      gateway.write("b.yaml", BadInputs.route("b", "/b", "orders"));
      gateway.awaitStatus(200, "a.example", "/b");
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() ->
              gateway.stored().read().stream()
                  .flatMap(stored -> stored.resources().stream())
                  .anyMatch(resource -> resource.bytes().toStringUtf8().contains("/b")));

      gateway.hideFiles();
      gateway.restartControlPlane(XdsMetrics.NONE);
      assertThat(gateway.plane().isStale()).isTrue();
      gateway.awaitSettled();
      assertThat(gateway.get("a.example", "/a").status()).as("who has it keeps it").isEqualTo(200);
      gateway.replaceEnvoy();
      gateway.awaitStatus(200, "a.example", "/a");
      gateway.awaitStatus(200, "a.example", "/b");
      assertThat(gateway.plane().isStale()).isTrue();

      gateway.showFiles();
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !gateway.plane().isStale());
      gateway.delete("a.yaml");
      gateway.awaitStatus(404, "a.example", "/a");
      assertThat(gateway.get("a.example", "/b").status()).isEqualTo(200);
      gateway.assertNothingRefused();
    }
  }

  @Test
  void whatWentMeanwhileGoesWhenTheSourcesAreRead() {
    try (Upstream orders = new Upstream("orders");
        RunningGateway gateway =
            new RunningGateway(RunningGateway.GATEWAY, orders.asService("orders"))) {
      gateway.write("a.yaml", BadInputs.route("a", "/a", "orders"));
      gateway.awaitStatus(200, "a.example", "/a");
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> !gateway.stored().read().isEmpty());
      gateway.hideFiles();
      gateway.restartControlPlane(XdsMetrics.NONE);
      gateway.awaitSettled();
      gateway.deleteHidden("a.yaml");
      gateway.showFiles();
      gateway.awaitStatus(404, "a.example", "/a");
      assertThat(gateway.plane().store().snapshot("default").kinds().keySet())
          .as("nothing is left of the cluster")
          .noneMatch(kind -> kind.id().equals("clusters"));
    }
  }
}
