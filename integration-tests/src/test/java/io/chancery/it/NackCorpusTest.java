package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.chancery.bootstrap.LocalEnvoy;
import io.chancery.snapshot.NodeState;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.stream.Feed;
import io.chancery.stream.XdsMetrics;
import io.chancery.stream.XdsServer;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real Envoy refuses each entry of the corpus, says what the corpus says, and lives on. */
class NackCorpusTest {
  private static final String FLEET = "corpus";

  @TempDir private static Path directory;
  private static final SnapshotStore STORE = new SnapshotStore();
  private static final Nodes NODES = new Nodes();
  private static XdsServer server;
  private static LocalEnvoy envoy;
  private static int names;

  @BeforeAll
  static void start() throws IOException {
    assumeFalse(Boolean.getBoolean("chancery.fast"), "--fast leaves out tests with a real Envoy");
    server =
        new XdsServer(
            new XdsServer.Listen("127.0.0.1", 0),
            new Feed(STORE, NODES, () -> true),
            XdsMetrics.NONE);
    STORE.publish(NackCorpus.base().stream().map(NackCorpusTest::change).toList());
    envoy = LocalEnvoy.start(RunningGateway.spec(directory, FLEET, server.port()));
    assertThat(settled().kinds().values())
        .allSatisfy(
            kind -> assertThat(kind.rejected()).as(String.valueOf(kind.lastNack())).isEmpty());
  }

  @AfterAll
  static void stop() {
    if (envoy != null) {
      envoy.close();
    }
    if (server != null) {
      server.close();
    }
  }

  static List<NackCorpus.Entry> entries() {
    return NackCorpus.all();
  }

  @Test
  void thereAreEnough() {
    assertThat(entries()).hasSizeGreaterThanOrEqualTo(50);
  }

  @ParameterizedTest
  @MethodSource("entries")
  void isRefused(NackCorpus.Entry entry) {
    Resource bad = resource(entry);
    Optional<Resource> before = STORE.snapshot(FLEET).resource(bad.kind(), bad.name());
    STORE.publish(List.of(change(bad)));
    NodeState.KindState kind = settled().kind(bad.kind()).orElseThrow();
    try {
      assertThat(kind.rejected()).as("refused").containsOnlyKeys(bad.name());
      assertThat(kind.lastNack().orElseThrow().detail()).contains(entry.says());
    } finally {
      STORE.publish(List.of(new ResourceChange(FLEET, bad.kind(), bad.name(), before, Set.of())));
      settled();
    }
  }

  private static Resource resource(NackCorpus.Entry entry) {
    return switch (entry.type()) {
      case NackCorpus.VIRTUAL_HOSTS -> {
        RouteConfiguration routes =
            RouteConfiguration.newBuilder()
                .setName("base")
                .addVirtualHosts(VirtualHost.newBuilder().setName("good").addDomains("good"))
                .addVirtualHosts((VirtualHost) entry.message("bad.example"))
                .build();
        yield Resource.of(ResourceKind.ROUTE_CONFIGURATION, "base", routes, Set.of());
      }
      case "routes", "endpoints" -> resource(entry, "base");
      default -> resource(entry, entry.name().isEmpty() ? "bad-" + ++names : entry.name());
    };
  }

  private static Resource resource(NackCorpus.Entry entry, String name) {
    ResourceKind kind = ResourceKind.ofId(entry.type()).orElseThrow();
    return Resource.of(kind, name, entry.message(name), Set.of());
  }

  private static ResourceChange change(Resource resource) {
    return new ResourceChange(
        FLEET, resource.kind(), resource.name(), Optional.of(resource), Set.of());
  }

  /** Waits until the Envoy has answered everything. */
  private static NodeState settled() {
    long revision = STORE.revision();
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> NODES.nodes().stream().findFirst().orElse(null),
            node ->
                node != null
                    && node.kind(ResourceKind.LISTENER).isPresent()
                    && node.kinds().values().stream().allMatch(kind -> kind.acked() >= revision));
  }
}
