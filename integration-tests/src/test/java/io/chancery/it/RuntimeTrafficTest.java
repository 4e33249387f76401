package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.chancery.bootstrap.LocalEnvoy;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.stream.Feed;
import io.chancery.stream.XdsMetrics;
import io.chancery.stream.XdsServer;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.service.runtime.v3.Runtime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runtime keys of a fleet in a real Envoy. */
class RuntimeTrafficTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration TIME_TO_LIVE = Duration.ofSeconds(2);

  private static final String FLEET =
      """
      apiVersion: chancery.io/v1alpha1
      kind: Fleet
      metadata: {name: default}
      spec:
        runtime:
          some.key: "VALUE"
          other.key: "true"
      """;

  @TempDir private Path directory;

  private static String runtime(LocalEnvoy envoy) {
    try {
      return envoy.admin().get("/runtime").body();
    } catch (IOException cause) {
      return "";
    }
  }

  @Test
  void keysComeAndGoAndNothingElseMoves() throws IOException {
    try (RunningGateway gateway = new RunningGateway(RunningGateway.GATEWAY)) {
      assertThat(runtime(gateway.envoy())).contains("\"fleet\"").doesNotContain("some.key");
      gateway.write("fleet.yaml", FLEET.replace("VALUE", "25"));
      await().atMost(LIMIT).until(() -> runtime(gateway.envoy()).contains("25"));
      gateway.write("fleet.yaml", FLEET.replace("VALUE", "50"));
      await().atMost(LIMIT).until(() -> runtime(gateway.envoy()).contains("50"));
      assertThat(gateway.conditions("Fleet", "default")).containsEntry("Accepted", "True Accepted");

      gateway.write("fleet.yaml", FLEET.replace("other.key", "re2.max_program_size.error_level"));
      await().atMost(LIMIT).until(() -> !gateway.problems().isEmpty());
      assertThat(gateway.problems().getFirst()).contains("is fixed by the bootstrap");
      gateway.delete("fleet.yaml");
      await().atMost(LIMIT).until(() -> !runtime(gateway.envoy()).contains("some.key"));
      gateway.assertNothingRefused();
      assertThat(
              gateway
                  .envoy()
                  .admin()
                  .get("/stats?filter=listener_manager.listener_modified")
                  .body())
          .contains("listener_modified: 0");
    }
  }

  /** P16 on a real Envoy: it drops what it does not hear of any more, and only that. */
  @Test
  void whatHasATimeToLiveEndsWithTheControlPlane() throws Exception {
    SnapshotStore store = new SnapshotStore();
    long _ = store.publish(List.of(layer()));
    Feed feed = new Feed(store, new Nodes(), () -> true);
    XdsServer server = new XdsServer(new XdsServer.Listen("127.0.0.1", 0), feed, XdsMetrics.NONE);
    try (LocalEnvoy envoy =
        LocalEnvoy.start(RunningGateway.spec(directory, "edge", server.port()))) {
      await().atMost(LIMIT).until(() -> runtime(envoy).contains("short.lived"));
      Thread.sleep(TIME_TO_LIVE.multipliedBy(2)); // It would have ended by now without heartbeats.
      assertThat(runtime(envoy)).contains("short.lived");
      server.close();
      await().atMost(LIMIT).until(() -> !runtime(envoy).contains("short.lived"));
    } finally {
      server.close();
    }
  }

  private static ResourceChange layer() {
    Struct keys =
        Struct.newBuilder()
            .putFields("short.lived", Value.newBuilder().setStringValue("1").build())
            .build();
    Runtime message = Runtime.newBuilder().setName("fleet").setLayer(keys).build();
    Resource layer = Resource.of(ResourceKind.RUNTIME, "fleet", message, Set.of());
    return new ResourceChange(
        "edge",
        ResourceKind.RUNTIME,
        "fleet",
        Optional.of(layer.expiringAfter(TIME_TO_LIVE)),
        Set.of());
  }
}
