package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.protobuf.BoolValue;
import com.google.protobuf.InvalidProtocolBufferException;
import io.chancery.bootstrap.LocalEnvoy;
import io.chancery.compile.Compilation;
import io.chancery.snapshot.NodeState;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.source.file.FileObjects;
import io.chancery.stream.Feed;
import io.chancery.stream.XdsMetrics;
import io.chancery.stream.XdsServer;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real Envoy accepts what every golden folder compiles to. */
class GoldenEnvoyTest {
  private static final Path GOLDEN = Path.of("../control-plane/src/test/resources/golden");
  private static final String FLEET = "golden";

  @TempDir private static Path directory;
  private static final SnapshotStore STORE = new SnapshotStore();
  private static final Nodes NODES = new Nodes();
  private static XdsServer server;
  private static LocalEnvoy envoy;

  @BeforeAll
  static void start() throws IOException {
    assumeFalse(Boolean.getBoolean("chancery.fast"), "--fast leaves out tests with a real Envoy");
    server =
        new XdsServer(
            new XdsServer.Listen("127.0.0.1", 0),
            new Feed(STORE, NODES, () -> true),
            XdsMetrics.NONE);
    envoy = LocalEnvoy.start(RunningGateway.spec(directory, FLEET, server.port()));
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

  static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.walk(GOLDEN)) {
      return files.filter(path -> path.endsWith("in.yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAccepted(Path input) throws IOException {
    Compilation compilation = new Compilation();
    List<ResourceChange> compiled =
        compilation
            .apply(new FileObjects(List.of(input), compilation.objects()).refresh())
            .changes();
    Set<String> fleets = compiled.stream().map(ResourceChange::fleet).collect(Collectors.toSet());
    for (String fleet : fleets) {
      List<ResourceChange> resources =
          compiled.stream()
              .filter(change -> change.fleet().equals(fleet))
              .map(this::moved)
              .toList();
      assertThat(resources).isNotEmpty();
      accepted(resources);
    }
    accepted(List.of());
  }

  /** So that the test above is known to be able to fail. */
  @Test
  void whatEnvoyRefusesIsSeen() {
    Cluster nowhere =
        Cluster.newBuilder().setName("nowhere").setType(Cluster.DiscoveryType.EDS).build();
    Resource refused = Resource.of(ResourceKind.CLUSTER, "nowhere", nowhere, Set.of());
    NodeState node =
        answer(
            List.of(
                new ResourceChange(
                    FLEET, ResourceKind.CLUSTER, "nowhere", Optional.of(refused), Set.of())));
    assertThat(node.kind(ResourceKind.CLUSTER).orElseThrow().rejected()).containsKey("nowhere");
    accepted(List.of());
  }

  private static void accepted(List<ResourceChange> resources) {
    assertThat(answer(resources).kinds().values())
        .allSatisfy(
            kind -> assertThat(kind.rejected()).as(String.valueOf(kind.lastNack())).isEmpty());
  }

  /** Replaces all that Envoy has, and waits for its answer to it. */
  private static NodeState answer(List<ResourceChange> resources) {
    List<ResourceChange> changes = new ArrayList<>();
    for (ResourceKind kind : ResourceKind.ALL) {
      STORE.snapshot(FLEET).resources(kind).keySet().stream()
          .filter(name -> resources.stream().noneMatch(it -> is(it, kind, name)))
          .forEach(name ->
              changes.add(new ResourceChange(FLEET, kind, name, Optional.empty(), Set.of())));
    }
    changes.addAll(resources);
    long revision = STORE.publish(changes);
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> NODES.nodes().stream().findFirst().orElse(null),
            it -> it != null && hasAnswered(it, revision));
  }

  private static boolean is(ResourceChange change, ResourceKind kind, String name) {
    return change.kind().equals(kind) && change.name().equals(name);
  }

  private static boolean hasAnswered(NodeState node, long revision) {
    return node.kind(ResourceKind.LISTENER).isPresent()
        && node.kinds().values().stream().allMatch(kind -> kind.acked() >= revision);
  }

  /** In the fleet of this test, and bound to no port: that is not what is asked here. */
  private ResourceChange moved(ResourceChange change) {
    Optional<Resource> resource =
        change.kind().equals(ResourceKind.LISTENER)
            ? change.resource().map(GoldenEnvoyTest::unbound)
            : change.resource();
    return new ResourceChange(FLEET, change.kind(), change.name(), resource, Set.of());
  }

  private static Resource unbound(Resource resource) {
    try {
      Listener listener =
          Listener.parseFrom(resource.bytes()).toBuilder()
              .setBindToPort(BoolValue.of(false))
              .build();
      return Resource.of(resource.kind(), resource.name(), listener, resource.origins());
    } catch (InvalidProtocolBufferException cause) {
      throw new AssertionError(cause);
    }
  }
}
