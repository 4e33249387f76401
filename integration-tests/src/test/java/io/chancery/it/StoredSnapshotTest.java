package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.model.ObjectStatus;
import io.chancery.model.Ref;
import io.chancery.stream.XdsMetrics;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A control plane that cannot read its sources serves what the fleet ran last. */
class StoredSnapshotTest {
  /** The route makes the fleet have the cluster. */
  private static final String BAD_BACKEND =
      """
      apiVersion: chancery.io/v1alpha1
      kind: Backend
      metadata: {name: clusters-1, namespace: shop}
      spec: {static: {endpoints: [{address: 127.0.0.1, port: 1}]}}
      ---
      apiVersion: chancery.io/v1alpha1
      kind: Route
      metadata: {name: bad, namespace: shop}
      spec:
        parentRefs: [{name: edge}]
        hostnames: [bad.example]
        rules: [{backendRefs: [{group: chancery.io, kind: Backend, name: clusters-1}]}]
      """;

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
  void whatWasRefusedIsNotOfferedAgain() {
    Faults faults = new Faults();
    try (Upstream orders = new Upstream("orders");
        RunningGateway gateway =
            new RunningGateway(
                faults, XdsMetrics.NONE, RunningGateway.GATEWAY, orders.asService("orders"))) {
      gateway.write("a.yaml", BadInputs.route("a", "/a", "orders"));
      gateway.awaitStatus(200, "a.example", "/a");
      faults.arm("clusters-1");
      gateway.write("bad.yaml", BAD_BACKEND);
      awaitRejected(gateway);

      AtomicInteger nacks = new AtomicInteger();
      gateway.restartControlPlane(
          new XdsMetrics() {
            @Override
            public void nacked(String fleet, String kind) {
              nacks.incrementAndGet();
            }
          });
      awaitRejected(gateway);
      gateway.awaitSettled();
      gateway.write("b.yaml", BadInputs.route("b", "/b", "orders"));
      gateway.awaitStatus(200, "a.example", "/b");
      gateway.awaitSettled();
      gateway.replaceEnvoy();
      gateway.awaitStatus(200, "a.example", "/b");
      awaitRejected(gateway);
      assertThat(nacks).as("refusals since the restart").hasValue(0);

      faults.disarm("clusters-1");
      gateway.write("bad.yaml", BAD_BACKEND.replace("]}}", "]}, protocol: HTTP2}"));
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptions()
          .untilAsserted(() ->
              assertThat(gateway.conditions("Backend", "clusters-1"))
                  .containsEntry("Programmed", "True Programmed"));
      assertThat(nacks).hasValue(0);
    }
  }

  private static void awaitRejected(RunningGateway gateway) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .untilAsserted(() -> {
          ObjectStatus status =
              gateway
                  .plane()
                  .board()
                  .report(new Ref("Backend", "shop", "clusters-1"))
                  .orElseThrow()
                  .status();
          assertThat(status.conditions())
              .anySatisfy(condition -> {
                assertThat(condition.reason()).isEqualTo("Rejected");
                assertThat(condition.message()).contains("ConnectTimeout");
              });
        });
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
