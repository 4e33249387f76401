package io.chancery.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chancery.snapshot.NodeState;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphLayout;

/**
 * What the server keeps for a wildcard stream whose client has everything; xds.md S3. Counted by a
 * walk over the objects, in a graph without gRPC and Netty: what is there more for twice the
 * streams.
 */
class StreamHeapTest {
  private static final int STREAMS = 24;
  private static final int FEW = 1_000;
  private static final int MANY = 8_000;
  private static final long LIMIT_BYTES = 2 << 10;

  /** A skip list, which {@link Nodes} is, has levels by chance. */
  private static final Offset<Long> CHANCE = Offset.offset(64L);

  // For the walk: the JVM tells the places of the fields of records to nobody.
  static {
    System.setProperty("jol.magicFieldOffset", "true");
    System.setProperty("jol.skipHotspotSAAttach", "true");
    System.setProperty("jol.skipDynamicAttach", "true");
  }

  private final SnapshotStore store = new SnapshotStore();
  private final Feed feed = new Feed(store, new Nodes(), () -> true);
  private final Streams streams =
      new Streams(
          feed, XdsMetrics.NONE, Duration.ofSeconds(15), Duration.ofSeconds(90), Limits.DEFAULT);
  private final InlineLoop loop = new InlineLoop();
  private final Queue<Sent> answers = new ArrayDeque<>();
  private int opened;

  private record Sent(Client to, Answer answer) {}

  /** A call of a client that takes everything. */
  private static final class Client extends ServerCall<Parsed<DeltaDiscoveryRequest>, Answer> {
    private final Queue<Sent> answers;

    Client(Queue<Sent> answers) {
      this.answers = answers;
    }

    @Override
    public void sendMessage(Answer message) {
      answers.add(new Sent(this, message));
    }

    @Override
    public void request(int numMessages) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void close(Status status, Metadata trailers) {
      throw new AssertionError(status);
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public MethodDescriptor<Parsed<DeltaDiscoveryRequest>, Answer> getMethodDescriptor() {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void aStreamCostsTheSameHoweverMuchItsClientHas() {
    long few = bytesOfAStream(FEW, Map.of());
    long many = new StreamHeapTest().bytesOfAStream(MANY, Map.of());
    assertThat(many).isCloseTo(few, CHANCE).isLessThanOrEqualTo(LIMIT_BYTES);
  }

  @Test
  void aStreamOfAClientThatCameBackCostsTheSame() {
    long few = bytesOfAStream(FEW, held(FEW));
    long many = new StreamHeapTest().bytesOfAStream(MANY, held(MANY));
    assertThat(many).isCloseTo(few, CHANCE).isLessThanOrEqualTo(LIMIT_BYTES);
  }

  private long bytesOfAStream(int resources, Map<String, String> held) {
    List<ResourceChange> changes = new ArrayList<>();
    for (int i = 0; i < resources; i++) {
      changes.add(cluster(i));
    }
    long _ = store.publish(changes);
    long once = bytesWith(STREAMS, held);
    long twice = bytesWith(STREAMS, held);
    return (twice - once) / STREAMS;
  }

  /** Opens more streams, lets all of them follow a change, and measures what is not a resource. */
  private long bytesWith(int more, Map<String, String> held) {
    IdentityHashMap<Client, Wire<DeltaDiscoveryRequest>> wires = new IdentityHashMap<>();
    for (int i = 0; i < more; i++) {
      open(held, wires);
    }
    answerAll(wires);
    assertThat(feed.nodes().nodes())
        .hasSize(opened)
        .allSatisfy(node ->
            assertThat(node.kinds().get(ResourceKind.CLUSTER))
                .extracting(NodeState.KindState::acked)
                .isEqualTo(store.revision()));
    return GraphLayout.parseInstance(streams).totalSize()
        - GraphLayout.parseInstance(store).totalSize();
  }

  private void open(
      Map<String, String> held, IdentityHashMap<Client, Wire<DeltaDiscoveryRequest>> wires) {
    Client client = new Client(answers);
    Wire<DeltaDiscoveryRequest> wire =
        new Wire<>(client, new DeltaProtocol(), Optional.empty(), Optional.empty(), loop, streams);
    wires.put(client, wire);
    streams.opened(wire);
    Node node = Node.newBuilder().setId("node-" + (1000 + opened++)).setCluster("edge").build();
    wire.onMessage(
        parsed(
            DeltaDiscoveryRequest.newBuilder()
                .setNode(node)
                .setTypeUrl(ResourceKind.CLUSTER.typeUrl())
                .putAllInitialResourceVersions(held)));
  }

  private void answerAll(IdentityHashMap<Client, Wire<DeltaDiscoveryRequest>> wires) {
    while (!answers.isEmpty()) {
      Sent sent = answers.remove();
      Objects.requireNonNull(wires.get(sent.to))
          .onMessage(
              parsed(
                  DeltaDiscoveryRequest.newBuilder()
                      .setTypeUrl(typeUrl(sent.answer))
                      .setResponseNonce(sent.answer.nonce())));
    }
  }

  private static Parsed<DeltaDiscoveryRequest> parsed(DeltaDiscoveryRequest.Builder request) {
    return new Parsed<>(Optional.of(request.build()));
  }

  private static String typeUrl(Answer answer) {
    try {
      return DeltaDiscoveryResponse.parseFrom(answer.body().bytes()).getTypeUrl();
    } catch (InvalidProtocolBufferException cause) {
      throw new AssertionError(cause);
    }
  }

  /** What a client says that it holds: all but one, which it has in an old version. */
  private static Map<String, String> held(int resources) {
    Map<String, String> held = new HashMap<>();
    for (int i = 0; i < resources; i++) {
      held.put("cluster-" + i, Fixture.version(cluster(i)));
    }
    held.put("cluster-0", "old");
    return held;
  }

  private static ResourceChange cluster(int number) {
    return Fixture.set(ResourceKind.CLUSTER, "cluster-" + number, "one");
  }
}
