package io.chancery.stream;

import static io.chancery.stream.Fixture.set;
import static io.chancery.stream.Fixture.version;
import static io.chancery.xds.ResourceKind.CLUSTER;
import static io.chancery.xds.ResourceKind.ENDPOINTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.xds.ResourceChange;
import io.envoyproxy.envoy.service.status.v3.ClientConfig;
import io.envoyproxy.envoy.service.status.v3.ClientConfig.GenericXdsConfig;
import io.envoyproxy.envoy.service.status.v3.ClientStatusDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.status.v3.ClientStatusRequest;
import io.envoyproxy.envoy.service.status.v3.ClientStatusResponse;
import io.envoyproxy.envoy.service.status.v3.ConfigStatus;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the client status discovery service tells; xds.md M2. */
class ClientStatusTest {
  private final Fixture fixture = new Fixture();
  private final ManagedChannel channel =
      NettyChannelBuilder.forAddress("127.0.0.1", fixture.server.port()).usePlaintext().build();

  @AfterEach
  void close() {
    channel.shutdownNow();
    fixture.close();
  }

  private ClientStatusResponse ask(ClientStatusRequest.Builder request) throws Exception {
    BlockingClientCall<ClientStatusRequest, ClientStatusResponse> call =
        ClientCalls.blockingBidiStreamingCall(
            channel,
            ClientStatusDiscoveryServiceGrpc.getStreamClientStatusMethod(),
            CallOptions.DEFAULT);
    boolean _ = call.write(request.build());
    ClientStatusResponse response = call.read();
    call.halfClose();
    return response;
  }

  private static ClientStatusRequest.Builder node(String id) {
    ClientStatusRequest.Builder request = ClientStatusRequest.newBuilder();
    request.addNodeMatchersBuilder().getNodeIdBuilder().setExact(id);
    return request;
  }

  private static Map<String, ConfigStatus> statuses(ClientConfig config) {
    return config.getGenericXdsConfigsList().stream()
        .collect(Collectors.toMap(GenericXdsConfig::getName, GenericXdsConfig::getConfigStatus));
  }

  @Test
  void tellsOfEachResourceWhatTheNodeMadeOfIt() throws Exception {
    ResourceChange bad = set(CLUSTER, "bad", "1");
    fixture.publish(set(CLUSTER, "a", "1"), set(CLUSTER, "b", "1"));
    Conversation client = fixture.connect();
    client.subscribe(CLUSTER).accept(CLUSTER);
    fixture.publish(bad);
    client.nack(client.next(CLUSTER), "no such thing");
    fixture.publish(set(CLUSTER, "b", "2"));
    var unanswered = client.next(CLUSTER);
    assertThat(Conversation.names(unanswered)).containsExactly("b");

    ClientConfig config = ask(node("node-1")).getConfig(0);
    assertThat(config.getNode().getCluster()).isEqualTo("edge");
    assertThat(statuses(config))
        .isEqualTo(
            Map.of("a", ConfigStatus.SYNCED, "b", ConfigStatus.STALE, "bad", ConfigStatus.ERROR));
    GenericXdsConfig error =
        config.getGenericXdsConfigsList().stream()
            .filter(it -> it.getName().equals("bad"))
            .findFirst()
            .orElseThrow();
    assertThat(error.getErrorState().getDetails()).isEqualTo("no such thing");
    assertThat(error.getVersionInfo()).isEqualTo(version(bad));
    assertThat(error.hasXdsConfig()).isFalse();
    assertThat(error.getLastUpdated().getSeconds())
        .isBetween(Instant.now().getEpochSecond() - 60, Instant.now().getEpochSecond());

    client.ack(unanswered).nothingMore();
    assertThat(statuses(ask(node("node-1")).getConfig(0))).containsEntry("b", ConfigStatus.SYNCED);
  }

  @Test
  void tellsNothingOfOthersThanThoseThatAreAskedFor() throws Exception {
    fixture.publish(set(ENDPOINTS, "x", "1"));
    fixture.connect().subscribe(ENDPOINTS, "x").accept(ENDPOINTS);
    assertThat(ask(node("other")).getConfigList()).isEmpty();
    assertThat(ask(ClientStatusRequest.newBuilder()).getConfigList()).hasSize(1);
    PeerIdentity other = new PeerIdentity("edge", "node-2", Instant.MAX);
    ClientStatuses statuses =
        new ClientStatuses(new Feed(fixture.store, fixture.nodes, () -> true));
    assertThat(
            statuses
                .answer(ClientStatusRequest.getDefaultInstance(), Optional.of(other))
                .getConfigList())
        .isEmpty();
  }

  @Test
  void refusesWhatItCannotAnswer() {
    ClientStatusRequest.Builder regex = ClientStatusRequest.newBuilder();
    regex.addNodeMatchersBuilder().getNodeIdBuilder().getSafeRegexBuilder().setRegex(".*");
    fixture.connect().subscribe(CLUSTER).accept(CLUSTER);
    assertThatThrownBy(() -> ask(regex))
        .isInstanceOf(io.grpc.StatusException.class)
        .hasMessageContaining("expected node_id");
  }
}
