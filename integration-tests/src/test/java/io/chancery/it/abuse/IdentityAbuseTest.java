package io.chancery.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.it.TestAuthority;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutual TLS, and clients that do not say, or should not be, who they are. */
class IdentityAbuseTest {
  private static final String AGGREGATED = "envoy.service.discovery.v3.AggregatedDiscoveryService/";

  @TempDir private Path directory;
  private Target target;

  @BeforeEach
  void start() throws Exception {
    target = Target.withTls(directory);
  }

  @AfterEach
  void stop() {
    target.close();
  }

  /** Of every service that is served: what is served, and what is not; xds.md P19. */
  private static Stream<String> served(String prefix) {
    return Stream.concat(
        Stream.of(AGGREGATED + prefix + "AggregatedResources"),
        ResourceKind.ALL.stream()
            .flatMap(kind -> kind.service().stream())
            .map(service -> service.name() + "/" + prefix + service.resources()));
  }

  private static List<String> unserved() {
    return Stream.concat(
            served("Fetch"),
            Stream.of(
                AGGREGATED + "Nothing",
                "no.such.Service/Nothing",
                "grpc.health.v1.Health/Check",
                "grpc.health.v1.Health/Watch",
                "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
                "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
                "grpc.channelz.v1.Channelz/GetTopChannels",
                "envoy.service.load_stats.v3.LoadReportingService/StreamLoadStats"))
        .toList();
  }

  private static List<String> methods() {
    return Stream.of(served("Delta"), served("Stream"), unserved().stream())
        .flatMap(it -> it)
        .toList();
  }

  private static byte[] request(String typeUrl) {
    return DeltaDiscoveryRequest.newBuilder()
        .setNode(Node.newBuilder().setCluster(Target.FLEET).setId("node-1"))
        .setTypeUrl(typeUrl)
        .build()
        .toByteArray();
  }

  @Test
  void p19NoMethodTellsAStrangerMoreThanThatHeIsOne() throws Exception {
    assertThat(methods()).hasSizeGreaterThan(30);
    for (int i = 0; i < 10; i++) {
      ManagedChannel channel =
          target.connect(target.credentials(TestAuthority.uri("spiffe://shop.example/ns/a/sa/b")));
      for (String method : methods()) {
        RawCall call = new RawCall(channel, method).send(request("")).take(1);
        assertThat(call.end().getCode()).as(method).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(call.answers).hasValue(0);
      }
      var _ = channel.shutdownNow();
    }
    target.stillServes();
    target.holdsNothing();
    assertThat(target.log())
        .filteredOn(line -> !line.contains("before it said whose it is"))
        .singleElement()
        .asString()
        .contains("UNAUTHENTICATED", "spiffe://shop.example/ns/a/sa/b");
  }

  @Test
  void p19WhoIsKnownIsToldWhatIsNotServed() throws Exception {
    ManagedChannel channel = target.connect(target.credentials(Target.FLEET, "node-1"));
    for (String method : unserved()) {
      RawCall call = new RawCall(channel, method).send(request("")).take(1);
      assertThat(call.end().getCode()).as(method).isEqualTo(Status.Code.UNIMPLEMENTED);
    }
    var _ = channel.shutdownNow();
    target.stillServes();
    target.holdsNothing();
    target.saysOnce("UNIMPLEMENTED");
  }

  /** Nobody who has begun TLS, or has not, and goes no further, keeps his connection for long. */
  @Test
  void handshakesThatAreNotFinishedEnd() throws Exception {
    byte[] begun = Arrays.copyOf(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3}, 100);
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Socket socket = target.socket();
      sockets.add(socket);
      if (i % 2 == 0) {
        socket.getOutputStream().write(begun);
      }
    }
    target.stillServes();
    for (Socket socket : sockets) {
      assertThat(ended(socket)).isTrue(); // Else the read would time out.
      socket.close();
    }
    target.stillServes();
    target.holdsNothing();
    target.saysOnce("CONNECTION", "before it said whose it is");
  }

  private static boolean ended(Socket socket) throws java.io.IOException {
    try {
      byte[] _ = socket.getInputStream().readAllBytes();
      return true;
    } catch (java.net.SocketException reset) {
      return true;
    }
  }

  @Test
  void f4ANodeHasNoMoreThan32Streams() throws Exception {
    List<ManagedChannel> channels = new ArrayList<>();
    List<RawCall> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      channels.add(target.connect(target.credentials(Target.FLEET, "node-1")));
    }
    byte[] request = request(ResourceKind.CLUSTER.typeUrl());
    for (int i = 0; i < 32; i++) {
      calls.add(new RawCall(channels.get(i % 4), RawCall.AGGREGATED).send(request).take(1));
    }
    await().until(() -> calls.stream().allMatch(call -> call.answers.get() == 1));
    for (int i = 0; i < 100; i++) {
      RawCall more = new RawCall(channels.get(i % 4), RawCall.AGGREGATED).send(request).take(1);
      assertThat(more.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }
    target.stillServes();
    assertThat(calls.getFirst().finish().end().isOk()).as("those before live").isTrue();
    await()
        .until(() -> {
          RawCall next = new RawCall(channels.getFirst(), RawCall.AGGREGATED).send(request).take(1);
          await().until(() -> next.answers.get() == 1 || next.ended());
          return next.answers.get() == 1;
        });
    channels.forEach(channel -> {
      var _ = channel.shutdownNow();
    });
    target.holdsNothing();
    target.saysOnce("RESOURCE_EXHAUSTED", "32 streams");
  }
}
