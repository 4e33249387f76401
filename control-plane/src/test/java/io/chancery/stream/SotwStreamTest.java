package io.chancery.stream;

import static io.chancery.stream.Fixture.gone;
import static io.chancery.stream.Fixture.set;
import static io.chancery.xds.ResourceKind.CLUSTER;
import static io.chancery.xds.ResourceKind.ENDPOINTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.service.cluster.v3.ClusterDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The state-of-the-world form where it differs; the names begin with the rule's id. */
class SotwStreamTest implements StreamObserver<DiscoveryResponse> {
  private static final String FENCE = "type.googleapis.com/chancery.test.Fence";

  private final Fixture fixture = new Fixture();
  private final BlockingQueue<DiscoveryResponse> received = new LinkedBlockingQueue<>();
  private final ManagedChannel channel =
      NettyChannelBuilder.forAddress("127.0.0.1", fixture.server.port()).usePlaintext().build();
  private StreamObserver<DiscoveryRequest> out =
      AggregatedDiscoveryServiceGrpc.newStub(channel).streamAggregatedResources(this);
  private boolean identified;
  private int fences;

  @Override
  public void onNext(DiscoveryResponse response) {
    received.add(response);
  }

  @Override
  public void onError(Throwable cause) {}

  @Override
  public void onCompleted() {}

  @AfterEach
  void close() {
    channel.shutdownNow();
    fixture.close();
  }

  private void send(DiscoveryRequest.Builder request) {
    if (!identified) {
      request.setNode(Node.newBuilder().setCluster("edge").setId("node-1"));
      identified = true;
    }
    out.onNext(request.build());
  }

  private static DiscoveryRequest.Builder request(ResourceKind kind, String... names) {
    return DiscoveryRequest.newBuilder()
        .setTypeUrl(kind.typeUrl())
        .addAllResourceNames(List.of(names));
  }

  private DiscoveryResponse next(ResourceKind kind) {
    DiscoveryResponse response = poll();
    assertThat(response.getTypeUrl()).as("%s", response).isEqualTo(kind.typeUrl());
    return response;
  }

  private DiscoveryResponse poll() {
    try {
      return Objects.requireNonNull(received.poll(10, TimeUnit.SECONDS), "a response");
    } catch (InterruptedException cause) {
      throw new AssertionError(cause);
    }
  }

  private void ack(DiscoveryResponse response, ResourceKind kind, String... names) {
    send(
        request(kind, names)
            .setVersionInfo(response.getVersionInfo())
            .setResponseNonce(response.getNonce()));
  }

  /** Streams are served in order: what was to come before the answer to another type has come. */
  private void nothingMore() {
    String type = FENCE + ++fences;
    send(DiscoveryRequest.newBuilder().setTypeUrl(type));
    assertThat(poll().getTypeUrl()).isEqualTo(type);
  }

  private static List<String> names(DiscoveryResponse response) {
    return response.getResourcesList().stream().map(SotwStreamTest::name).sorted().toList();
  }

  private static String name(Any resource) {
    try {
      return resource.getTypeUrl().equals(CLUSTER.typeUrl())
          ? Cluster.parseFrom(resource.getValue()).getName()
          : ClusterLoadAssignment.parseFrom(resource.getValue()).getClusterName();
    } catch (InvalidProtocolBufferException cause) {
      throw new AssertionError(cause);
    }
  }

  @Test
  void p8ClustersAreComplete() {
    fixture.publish(set(CLUSTER, "a", "1"), set(CLUSTER, "b", "1"));
    send(request(CLUSTER));
    DiscoveryResponse first = next(CLUSTER);
    assertThat(names(first)).containsExactly("a", "b");
    ack(first, CLUSTER);
    fixture.publish(set(CLUSTER, "a", "2"));
    DiscoveryResponse second = next(CLUSTER);
    assertThat(names(second)).containsExactly("a", "b");
    assertThat(second.getVersionInfo()).isNotEqualTo(first.getVersionInfo());
    ack(second, CLUSTER);
    fixture.publish(gone(CLUSTER, "a"));
    DiscoveryResponse third = next(CLUSTER);
    assertThat(names(third)).containsExactly("b");
    ack(third, CLUSTER);
    fixture.publish(gone(CLUSTER, "b"));
    DiscoveryResponse fourth = next(CLUSTER);
    assertThat(names(fourth)).isEmpty();
    ack(fourth, CLUSTER);
    nothingMore();
  }

  @Test
  void p8EndpointsArePartialAndP6NewNamesAreAnswered() {
    fixture.publish(set(ENDPOINTS, "x", "1"), set(ENDPOINTS, "y", "1"));
    send(request(ENDPOINTS, "x"));
    DiscoveryResponse first = next(ENDPOINTS);
    assertThat(names(first)).containsExactly("x");
    ack(first, ENDPOINTS, "x", "y");
    DiscoveryResponse second = next(ENDPOINTS);
    assertThat(names(second)).containsExactly("y");
    ack(second, ENDPOINTS, "x", "y");
    fixture.publish(set(ENDPOINTS, "x", "2"));
    DiscoveryResponse third = next(ENDPOINTS);
    assertThat(names(third)).containsExactly("x");
    ack(third, ENDPOINTS, "y");
    fixture.publish(set(ENDPOINTS, "x", "3"));
    nothingMore();
    ack(third, ENDPOINTS, "x", "y");
    assertThat(names(next(ENDPOINTS))).as("subscribed again").containsExactly("x");
  }

  @Test
  void p11AMissingNameIsSilentThenSentAlsoAfterARebirth() {
    send(request(ENDPOINTS, "x"));
    nothingMore();
    for (int round = 0; round < 3; round++) {
      fixture.publish(set(ENDPOINTS, "x", "1"));
      DiscoveryResponse response = next(ENDPOINTS);
      assertThat(names(response)).containsExactly("x");
      ack(response, ENDPOINTS, "x");
      fixture.publish(gone(ENDPOINTS, "x"));
      nothingMore();
    }
  }

  @Test
  void p3AStaleNonceIsNotAnsweredAndChangesNothing() {
    fixture.publish(set(ENDPOINTS, "x", "1"), set(ENDPOINTS, "y", "1"));
    send(request(ENDPOINTS, "x"));
    DiscoveryResponse first = next(ENDPOINTS);
    ack(first, ENDPOINTS, "x");
    fixture.publish(set(ENDPOINTS, "x", "2"));
    DiscoveryResponse second = next(ENDPOINTS);
    ack(first, ENDPOINTS, "x", "y");
    nothingMore();
    ack(second, ENDPOINTS, "x", "y");
    assertThat(names(next(ENDPOINTS))).containsExactly("y");
  }

  @Test
  void p12AWildcardOfAnEqualVersionIsNotSentAgain() {
    fixture.publish(set(CLUSTER, "a", "1"), set(CLUSTER, "b", "1"));
    send(request(CLUSTER));
    DiscoveryResponse first = next(CLUSTER);
    ack(first, CLUSTER);
    nothingMore();
    out.onCompleted();
    out = AggregatedDiscoveryServiceGrpc.newStub(channel).streamAggregatedResources(this);
    identified = false;
    send(request(CLUSTER).setVersionInfo(first.getVersionInfo()));
    nothingMore();
    fixture.publish(set(CLUSTER, "b", "2"));
    assertThat(names(next(CLUSTER))).containsExactly("a", "b");
  }

  @Test
  void n1ARefusedClusterKeepsItsLastAcceptedContentBesideTheOthers() throws Exception {
    fixture.publish(set(CLUSTER, "a", "1"), set(CLUSTER, "b", "1"));
    send(request(CLUSTER));
    ack(next(CLUSTER), CLUSTER);
    fixture.publish(set(CLUSTER, "a", "bad"));
    DiscoveryResponse bad = next(CLUSTER);
    send(
        request(CLUSTER)
            .setResponseNonce(bad.getNonce())
            .setErrorDetail(Status.newBuilder().setMessage("no")));
    nothingMore();
    fixture.publish(set(CLUSTER, "b", "2"));
    DiscoveryResponse next = next(CLUSTER);
    assertThat(names(next)).containsExactly("a", "b");
    assertThat(Cluster.parseFrom(next.getResources(0).getValue()).getAltStatName()).isEqualTo("1");
  }

  @Test
  void p1AStreamForOneTypeNeedsNoTypeUrl() {
    fixture.publish(set(CLUSTER, "a", "1"));
    out = ClusterDiscoveryServiceGrpc.newStub(channel).streamClusters(this);
    send(DiscoveryRequest.newBuilder());
    assertThat(names(next(CLUSTER))).containsExactly("a");
  }

  @Test
  void p18SaysWhatIsMissingToAClientThatUnderstandsIt() {
    fixture.publish(set(ENDPOINTS, "x", "1"), set(CLUSTER, "a", "1"));
    identified = true;
    Node node =
        Node.newBuilder()
            .setCluster("edge")
            .setId("node-1")
            .addClientFeatures("chancery.supports-resource-errors")
            .build();
    for (ResourceKind kind : List.of(ENDPOINTS, CLUSTER)) {
      send(request(kind, "x", "a", "missing").setNode(node));
      DiscoveryResponse response = next(kind);
      assertThat(names(response)).containsExactly(kind.equals(CLUSTER) ? "a" : "x");
      assertThat(response.getResourceErrorsList())
          .hasSize(2)
          .anyMatch(error -> error.getResourceName().getName().equals("missing"));
      ack(response, kind, "x", "a", "missing");
      nothingMore();
    }
  }
}
