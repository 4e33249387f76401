package io.chancery.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.chancery.snapshot.NodeState;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphLayout;

/**
 * What the server keeps for a stream that names all endpoints that there are, as an Envoy does;
 * xds.md S3. Counted as in {@link StreamHeapTest}.
 */
class NamedStreamHeapTest {
  private static final int STREAMS = 4;
  private static final int NAMES = 10_000;
  private static final long LIMIT_BYTES = 4 << 10;

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
  private final List<Client<?>> clients = new ArrayList<>();

  /** A client that takes everything, and whose requests hold names of their own. */
  private abstract class Client<Q extends Message> extends ServerCall<Parsed<Q>, Answer> {
    private final Queue<Answer> answers = new ArrayDeque<>();
    private final Protocol<Q> protocol;
    private final Wire<Q> wire;

    Client(Protocol<Q> protocol) {
      this.protocol = protocol;
      this.wire = new Wire<>(this, protocol, Optional.empty(), Optional.empty(), loop, streams);
      streams.opened(wire);
    }

    /** Asks for more names, and answers what it got before. */
    abstract Q request(String nonce, List<String> more);

    void ask(List<String> more) {
      receive(request("", more));
      answerAll();
    }

    void answerAll() {
      while (!answers.isEmpty()) {
        receive(request(answers.remove().nonce(), List.of()));
      }
    }

    private void receive(Message request) {
      try {
        @SuppressWarnings("unchecked") // A copy is what it was copied from.
        Q copy = (Q) protocol.emptyRequest().getParserForType().parseFrom(request.toByteString());
        wire.onMessage(new Parsed<>(Optional.of(copy)));
      } catch (InvalidProtocolBufferException cause) {
        throw new AssertionError(cause);
      }
    }

    @Override
    public void sendMessage(Answer message) {
      answers.add(message);
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
    public MethodDescriptor<Parsed<Q>, Answer> getMethodDescriptor() {
      throw new UnsupportedOperationException();
    }
  }

  private final class Delta extends Client<DeltaDiscoveryRequest> {
    private final Node node = node();

    Delta() {
      super(new DeltaProtocol());
    }

    @Override
    DeltaDiscoveryRequest request(String nonce, List<String> more) {
      return DeltaDiscoveryRequest.newBuilder()
          .setNode(node)
          .setTypeUrl(ResourceKind.ENDPOINTS.typeUrl())
          .setResponseNonce(nonce)
          .addAllResourceNamesSubscribe(more)
          .build();
    }
  }

  private final class Sotw extends Client<DiscoveryRequest> {
    private final Node node = node();
    private List<String> names = new ArrayList<>();
    private String lastNonce = "";

    Sotw() {
      super(new SotwProtocol());
    }

    @Override
    DiscoveryRequest request(String nonce, List<String> more) {
      names.addAll(more);
      lastNonce = nonce.isEmpty() ? lastNonce : nonce;
      return DiscoveryRequest.newBuilder()
          .setNode(node)
          .setTypeUrl(ResourceKind.ENDPOINTS.typeUrl())
          .setResponseNonce(lastNonce)
          .addAllResourceNames(names)
          .build();
    }

    /** The names are the test's, and not the server's. */
    void done() {
      names = List.of();
    }
  }

  private Node node() {
    return Node.newBuilder().setId("node-" + (1000 + clients.size())).setCluster("edge").build();
  }

  @Test
  void isTheSameForAnotherClientHoweverManyNamesItHas() {
    List<String> all = publish(0, NAMES);
    List<Delta> first = deltas(all);
    long once = bytes();
    List<Delta> _ = deltas(all);
    assertThat((bytes() - once) / STREAMS).isLessThanOrEqualTo(LIMIT_BYTES);
    assertThat(first).hasSize(STREAMS);
  }

  @Test
  void isTheSameWhenAllClientsAskForOneNameMore() {
    List<Delta> some = deltas(publish(0, NAMES));
    long before = bytes();
    List<String> more = publish(NAMES, NAMES + 1);
    some.forEach(client -> client.ask(more));
    assertSynced();
    assertThat(bytes() - before).isLessThanOrEqualTo(LIMIT_BYTES);
  }

  @Test
  void isTheSameForAnotherClientOfTheStateOfTheWorldForm() {
    List<String> all = publish(0, NAMES);
    sotws(all);
    long once = bytes();
    sotws(all);
    assertThat((bytes() - once) / STREAMS).isLessThanOrEqualTo(LIMIT_BYTES);
  }

  private List<Delta> deltas(List<String> names) {
    List<Delta> made = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      Delta client = new Delta();
      clients.add(client);
      made.add(client);
      client.ask(names);
    }
    assertSynced();
    return made;
  }

  private void sotws(List<String> names) {
    for (int i = 0; i < STREAMS; i++) {
      Sotw client = new Sotw();
      clients.add(client);
      client.ask(names);
      client.done();
    }
    assertSynced();
  }

  private List<String> publish(int from, int to) {
    List<ResourceChange> changes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = from; i < to; i++) {
      names.add("default/service-" + i);
      changes.add(Fixture.set(ResourceKind.ENDPOINTS, names.getLast(), "one"));
    }
    long _ = store.publish(changes);
    clients.forEach(Client::answerAll);
    return names;
  }

  private void assertSynced() {
    assertThat(feed.nodes().nodes())
        .hasSize(clients.size())
        .allSatisfy(node ->
            assertThat(node.kinds().get(ResourceKind.ENDPOINTS))
                .extracting(NodeState.KindState::acked)
                .isEqualTo(store.revision()));
  }

  /** The walk follows weak references, too: what only they hold has to go before. */
  private long bytes() {
    System.gc();
    return GraphLayout.parseInstance(streams).totalSize()
        - GraphLayout.parseInstance(store, clients.getFirst().answers).totalSize();
  }
}
