package io.chancery.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.admin.StatusQuery;
import io.chancery.admin.view.FleetView;
import io.chancery.admin.view.NodeView;
import io.chancery.admin.view.NodeView.Progress;
import io.chancery.admin.view.ObjectView;
import io.chancery.admin.view.ProgrammedView;
import io.chancery.admin.view.ResourceView;
import io.chancery.model.Condition;
import io.chancery.model.ObjectStatus;
import io.chancery.model.Ref;
import io.chancery.snapshot.NodeState;
import io.chancery.snapshot.NodeState.KindState;
import io.chancery.snapshot.NodeState.Nack;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.status.NodeProgress;
import io.chancery.status.Rejection;
import io.chancery.status.StatusBoard;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveInspectionTest {
  private static final String KEY = "canary-of-a-key";
  private static final Ref EDGE = new Ref("Gateway", "shop", "edge");
  private static final KindState LISTENERS = new KindState(1, Optional.empty(), Map.of());
  private static final StatusQuery ALL =
      new StatusQuery(Optional.empty(), Optional.empty(), Optional.empty(), false);

  private final SnapshotStore store = new SnapshotStore();
  private final Nodes nodes = new Nodes();
  private final StatusBoard board = new StatusBoard(this::progress);
  private final LiveInspection inspection =
      new LiveInspection(
          board, store, nodes, () -> List.of("nodes"), () -> false, () -> "metric 1\n");
  private final Resource secret = secret();

  @BeforeEach
  void publish() {
    Condition accepted = Condition.holds("Accepted", "Accepted");
    board.compiled(
        Map.of(
            EDGE,
            Optional.of(
                new ObjectStatus(
                    EDGE,
                    4,
                    Set.of("default"),
                    List.of(accepted),
                    List.of(),
                    List.of(),
                    List.of()))));
    List<ResourceChange> changes =
        List.of(
            new ResourceChange(
                "default", secret.kind(), secret.name(), Optional.of(secret), Set.of(EDGE)));
    board.published(store.publish(changes), changes);
  }

  @Test
  void tellsWhatTheNodesMadeOfAnObject() {
    nodes.update(1, node("a", 1, Map.of()));
    nodes.update(2, node("b", 1, Map.of(secret.name(), secret.version())));

    ObjectView edge = inspection.objects(ALL).getFirst();
    assertThat(edge.programmed()).contains(new ProgrammedView(1, 2, 1, 1));
    assertThat(edge.observedGeneration()).isEqualTo(4);
    assertThat(edge.conditions().getLast().message())
        .isEqualTo("default/b: secrets/shop/edge: bad key");
  }

  @Test
  void tellsHowFarNodesAre() {
    nodes.update(1, node("a", 1, Map.of()));

    assertThat(inspection.nodes())
        .singleElement()
        .satisfies(node -> {
          assertThat(node.types())
              .isEqualTo(
                  Map.of("secrets", new Progress(1, false), "listeners", new Progress(1, false)));
          assertThat(node.connectedSince()).isEqualTo("1970-01-01T00:00:00Z");
        });
  }

  @Test
  void tellsWhatNodesWaitForAndWhatTheyRefused() {
    nodes.update(1, node("a", 0, Map.of(secret.name(), secret.version())));

    NodeView node = inspection.nodes().getFirst();
    assertThat(node.types())
        .isEqualTo(Map.of("secrets", new Progress(0, true), "listeners", new Progress(1, false)));
    assertThat(node.rejections())
        .containsExactly(
            new NodeView.Rejection(
                "secrets", "shop/edge", secret.version().hex(), "bad key", "1970-01-01T00:00:00Z"));
  }

  @Test
  void knowsFleetsByResourcesAndByNodes() {
    nodes.update(1, new NodeState("lone", "a", "", "", Instant.EPOCH, Map.of()));

    assertThat(inspection.fleets())
        .containsExactly(new FleetView("default", 1, 0, 1), new FleetView("lone", 0, 1, 0));
    assertThat(inspection.snapshot("lone")).isPresent();
    assertThat(inspection.snapshot("other")).isEmpty();
    assertThat(inspection.snapshot("default").orElseThrow().resources())
        .containsEntry("secrets", 1);
  }

  @Test
  void showsResourcesWithoutSecrets() {
    ResourceView view = inspection.resource("default", "secrets", "shop/edge").orElseThrow();

    assertThat(view.origins()).containsExactly("Gateway shop/edge");
    assertThat(view.body().orElseThrow().toString())
        .contains("the chain", "[redacted]")
        .doesNotContain(KEY);
    assertThat(inspection.resources("default", "secrets").orElseThrow())
        .singleElement()
        .satisfies(summary -> assertThat(summary.body()).isEmpty());
  }

  @Test
  void findsNothingWhereThereIsNothing() {
    assertThat(inspection.resources("default", "nonsense")).isEmpty();
    assertThat(inspection.resources("other", "secrets")).isEmpty();
    assertThat(inspection.resources("default", "routes")).contains(List.of());
    assertThat(inspection.resource("default", "secrets", "other")).isEmpty();
  }

  @Test
  void isNotReadyWhileItWaits() {
    assertThat(inspection.readiness().ready()).isFalse();
    assertThat(inspection.metrics()).isEqualTo("metric 1\n");
  }

  private static NodeState node(String id, long acked, Map<String, Version> rejected) {
    Optional<Nack> nack = Optional.of(new Nack("bad key", Instant.EPOCH));
    KindState state = new KindState(acked, nack.filter(_ -> !rejected.isEmpty()), rejected);
    return new NodeState(
        "default",
        id,
        "1.40.0",
        "",
        Instant.EPOCH,
        Map.of(ResourceKind.SECRET, state, ResourceKind.LISTENER, LISTENERS));
  }

  private List<NodeProgress> progress(String fleet) {
    return nodes.nodes(fleet).stream()
        .map(node -> new NodeProgress(node.id(), acked(node), rejections(node)))
        .toList();
  }

  private static Map<ResourceKind, Long> acked(NodeState node) {
    return node.kinds().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, kind -> kind.getValue().acked()));
  }

  private static List<Rejection> rejections(NodeState node) {
    return node.kind(ResourceKind.SECRET).orElseThrow().rejected().entrySet().stream()
        .map(no -> new Rejection(ResourceKind.SECRET, no.getKey(), no.getValue(), "bad key"))
        .toList();
  }

  private static Resource secret() {
    TlsCertificate certificate =
        TlsCertificate.newBuilder()
            .setCertificateChain(DataSource.newBuilder().setInlineString("the chain"))
            .setPrivateKey(DataSource.newBuilder().setInlineString(KEY))
            .build();
    Secret message = Secret.newBuilder().setTlsCertificate(certificate).build();
    return Resource.of(ResourceKind.SECRET, "shop/edge", message, Set.of(EDGE));
  }
}
