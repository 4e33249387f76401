package io.chancery.stream;

import static io.chancery.stream.Conversation.names;
import static io.chancery.stream.Fixture.set;
import static io.chancery.stream.Fixture.version;
import static io.chancery.xds.ResourceKind.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.rpc.RetryInfo;
import io.chancery.xds.ResourceChange;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What all clients together may have; the names begin with the rule's id. */
class AdmissionTest {
  private static final ResourceChange A = set(CLUSTER, "a", "1");

  private final Fixture fixture = new Fixture();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
    fixture.close();
  }

  private XdsServer serve(Limits limits) {
    XdsServer server =
        new XdsServer(
            new XdsServer.Listen("127.0.0.1", 0),
            limits,
            new Feed(fixture.store, fixture.nodes, () -> true),
            fixture.counts);
    open.add(server);
    return server;
  }

  private Conversation connect(XdsServer server) {
    Conversation client = new Conversation(server.port());
    open.add(client);
    return client;
  }

  private static Limits limits(int streamsAtOnce, long bytes, int beginners, Duration age) {
    return new Limits(
        1, streamsAtOnce, bytes, beginners, age, Duration.ofSeconds(10), Duration.ZERO);
  }

  private static final Duration LONG = Duration.ofMinutes(30);

  @Test
  void f3TellsStreamsToComeAgainIfThereAreTooManyNewOnes() {
    XdsServer server = serve(limits(2, 1 << 20, 8, LONG));
    connect(server).subscribe(CLUSTER).accept(CLUSTER);
    connect(server).subscribe(CLUSTER).accept(CLUSTER);
    Conversation third = connect(server).subscribe(CLUSTER);
    assertThat(third.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(third.end().getDescription()).contains("too many new streams");
    assertThat(StatusProto.fromStatusAndTrailers(third.end(), third.trailers()).getDetailsList())
        .singleElement()
        .matches(detail -> detail.is(RetryInfo.class));
    assertThat(fixture.counts.turnedAway).containsExactly("streams");
  }

  @Test
  void f3NodesWithoutConfigurationAreSentItAlsoWhenTooMuchIsSent() {
    fixture.publish(A);
    XdsServer server = serve(limits(100, 1, 8, LONG)); // What the first is sent, is too much.
    connect(server).subscribe(CLUSTER).accept(CLUSTER);
    Conversation comesBack = connect(server).resume(CLUSTER, Map.of("a", version(A)));
    assertThat(comesBack.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(comesBack.end().getDescription()).contains("no configuration");
    assertThat(names(connect(server).subscribe(CLUSTER).accept(CLUSTER))).containsExactly("a");
    assertThat(fixture.counts.turnedAway).containsExactly("bytes");
  }

  @Test
  void f3NodesWithoutConfigurationBeginFirst() {
    fixture.publish(A);
    XdsServer server = serve(limits(100, 1 << 20, 1, LONG));
    Conversation slow = connect(server).subscribe(CLUSTER);
    DeltaDiscoveryResponse unanswered = slow.next(CLUSTER); // It has the only place.
    Conversation has = connect(server).resume(CLUSTER, Map.of("a", "older"));
    await().until(() -> fixture.nodes.nodes().size() == 2);
    Conversation hasNot = connect(server).subscribe(CLUSTER);
    await().until(() -> fixture.nodes.nodes().size() == 3);
    assertThat(fixture.counts.responses).hasValue(1);

    slow.ack(unanswered);
    DeltaDiscoveryResponse next = hasNot.next(CLUSTER);
    assertThat(fixture.counts.responses).hasValue(2);
    hasNot.ack(next);
    has.accept(CLUSTER);
  }

  @Test
  void f3WhoIsSlowDoesNotKeepAPlace() {
    fixture.publish(A);
    XdsServer server = serve(limits(100, 1 << 20, 1, LONG));
    connect(server).subscribe(CLUSTER).next(CLUSTER); // And no answer.
    assertThat(names(connect(server).subscribe(CLUSTER).accept(CLUSTER))).containsExactly("a");
  }

  @Test
  void f5AConnectionEndsAtItsAgeAndTheNextStreamGetsNothingAgain() {
    fixture.publish(A);
    XdsServer server = serve(limits(100, 1 << 20, 8, Duration.ofSeconds(1)));
    Conversation client = connect(server).subscribe(CLUSTER);
    client.accept(CLUSTER);
    assertThat(client.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    int before = fixture.counts.responses.get();
    connect(server).resume(CLUSTER, Map.of("a", version(A))).nothingMore();
    assertThat(fixture.counts.responses).hasValue(before + 1); // That of nothingMore().
  }

  @Test
  void aStreamThatDoesNotSayWhoItIsEnds() {
    XdsServer server =
        serve(new Limits(1, 9, 1 << 20, 8, LONG, Duration.ofMillis(300), Duration.ZERO));
    Conversation silent = connect(server);
    assertThat(silent.end().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    Conversation speaks = connect(server).subscribe(CLUSTER);
    speaks.accept(CLUSTER);
    await().pollDelay(Duration.ofMillis(600)).until(() -> true);
    speaks.nothingMore();
  }

  @Test
  void f6AnEndWaitsForAnswersAndSendsNothingNew() {
    fixture.publish(A);
    XdsServer server = serve(Limits.DEFAULT);
    Conversation client = connect(server).subscribe(CLUSTER);
    DeltaDiscoveryResponse response = client.next(CLUSTER);
    Thread closing = Thread.ofVirtual().start(server::close);
    await().until(() -> refusesConnections(server.port()));
    fixture.publish(set(CLUSTER, "a", "2"));
    client.ack(response);
    assertThat(client.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(client.end().getDescription()).contains("shutting down");
    assertThat(fixture.counts.responses).hasValue(1);
    await().until(() -> !closing.isAlive());
  }

  private static boolean refusesConnections(int port) {
    try (Conversation late = new Conversation(port)) {
      return late.subscribe(CLUSTER).end().getDescription() != null;
    }
  }

  @Test
  void aBucketIsFullAtFirstAndFillsSteadily() {
    AtomicLong nanos = new AtomicLong();
    Bucket bucket = new Bucket(2, 3, nanos::get);
    assertThat(takeAll(bucket)).isEqualTo(3);
    nanos.addAndGet(Duration.ofMillis(500).toNanos());
    assertThat(bucket.takeOne()).isTrue();
    assertThat(bucket.takeOne()).isFalse();
    bucket.owe(4);
    assertThat(bucket.owes()).isTrue();
    nanos.addAndGet(Duration.ofSeconds(60).toNanos());
    assertThat(bucket.owes()).isFalse();
    assertThat(takeAll(bucket)).isEqualTo(3);
  }

  private static int takeAll(Bucket bucket) {
    int taken = 0;
    while (bucket.takeOne()) {
      taken++;
    }
    return taken;
  }
}
