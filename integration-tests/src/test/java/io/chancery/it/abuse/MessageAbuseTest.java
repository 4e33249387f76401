package io.chancery.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages in valid gRPC frames: broken, huge, endless, and never answered. */
class MessageAbuseTest {
  private static final String CLUSTERS = "type.googleapis.com/envoy.config.cluster.v3.Cluster";

  private Target target;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws Exception {
    target = Target.inPlainText();
    channel = target.connect(InsecureChannelCredentials.create());
  }

  @AfterEach
  void stop() {
    var _ = channel.shutdownNow();
    target.close();
  }

  private static DeltaDiscoveryRequest.Builder request() {
    return DeltaDiscoveryRequest.newBuilder()
        .setNode(Node.newBuilder().setCluster(Target.FLEET).setId("abuser"))
        .setTypeUrl(CLUSTERS);
  }

  private static Iterable<String> names(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  private RawCall call(byte[] message) {
    return new RawCall(channel, RawCall.AGGREGATED).send(message).take(1);
  }

  @Test
  void bytesThatAreNoMessageEndTheirStreamOnly() {
    byte[] whole = request().addAllResourceNamesSubscribe(names("c", 3)).build().toByteArray();
    for (int length = 1; length < whole.length; length++) {
      refuses(call(Arrays.copyOf(whole, length)).finish());
    }
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      byte[] noise = new byte[1 + random.nextInt(300)];
      random.nextBytes(noise);
      refuses(call(noise).finish());
    }
    target.stillServes();
    var _ = channel.shutdownNow();
    target.holdsNothing();
    target.saysOnce("INVALID_ARGUMENT", "127.0.0.1", "DeltaAggregatedResources");
  }

  /** A part of a message may happen to be a message. */
  private static void refuses(RawCall call) {
    assertThat(call.end().getCode()).isIn(Status.Code.INVALID_ARGUMENT, Status.Code.OK);
  }

  /** gRPC resets the stream without reading on, so the client learns no reason; the log does. */
  @Test
  void tooLargeAMessageEndsItsStreamOnly() {
    RawCall beside = call(request().build().toByteArray());
    await().until(() -> beside.answers.get() == 1);
    RawCall large = call(new byte[64 << 20]);
    assertThat(large.end().getCode()).isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.CANCELLED);
    beside.send(request().addResourceNamesSubscribe("c").build().toByteArray()).take(1);
    target.stillServes();
    assertThat(beside.finish().end().isOk()).as("a stream of the same connection").isTrue();
    var _ = channel.shutdownNow();
    target.holdsNothing();
    target.saysOnce("RESOURCE_EXHAUSTED", "127.0.0.1");
  }

  @Test
  void aHundredThousandNamesAreServed() {
    target.publish("c99999", 1);
    RawCall call =
        call(request().addAllResourceNamesSubscribe(names("c", 100_000)).build().toByteArray());
    await().until(() -> call.answers.get() == 1);
    target.stillServes();
    assertThat(call.finish().end().isOk()).isTrue();
    assertThat(target.log()).isEmpty();
  }

  @Test
  void whatAStreamMaySubscribeToHasABoundOverAllItsRequests() {
    String padding = "x".repeat(1_000);
    RawCall call = new RawCall(channel, RawCall.AGGREGATED).take(1_000);
    for (int i = 0; i < 40; i++) {
      call.send(
          request()
              .setTypeUrl(CLUSTERS + i % 2)
              .addAllResourceNamesSubscribe(names(padding + i + "/", 1_000))
              .build()
              .toByteArray());
    }
    assertThat(call.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(call.end().getDescription()).contains("at most 33554432");
    target.stillServes();
    target.saysOnce("INVALID_ARGUMENT", "characters");
  }

  /** It has HTTP/2's window, and what is on its way; nothing is queued for it. */
  @Test
  void whoNeverReadsIsSentNoMoreThanOneResponse() {
    target.publish("c", 4 << 20);
    RawCall call =
        new RawCall(channel, RawCall.AGGREGATED)
            .send(request().addResourceNamesSubscribe("*").build().toByteArray());
    await().until(() -> target.counts.bytes(Target.FLEET) > 0);
    long once = target.counts.bytes(Target.FLEET);
    for (int i = 0; i < 100; i++) {
      target.publish("c", (4 << 20) + i);
      call.send(request().addResourceNamesSubscribe("n" + i).build().toByteArray());
    }
    target.stillServes();
    assertThat(target.counts.bytes(Target.FLEET)).isEqualTo(once);
    call.cancel();
    var _ = channel.shutdownNow();
    target.holdsNothing();
  }
}
