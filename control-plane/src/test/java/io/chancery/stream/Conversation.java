package io.chancery.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Status;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A delta ADS client that does exactly what a test tells it. */
final class Conversation implements AutoCloseable {
  private static final String FENCE = "type.googleapis.com/chancery.test.Fence";

  private final ManagedChannel channel;
  private final BlockingQueue<DeltaDiscoveryResponse> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<io.grpc.Status> end = new CompletableFuture<>();
  private final ClientCallStreamObserver<DeltaDiscoveryRequest> out;
  private volatile io.grpc.Metadata trailers = new io.grpc.Metadata();
  final Node.Builder node = Node.newBuilder().setCluster("edge").setId("node-1");
  private boolean first = true;
  private int fences;

  Conversation(int port) {
    this(port, true);
  }

  /**
   * @param reads whether the client takes what the server sends, or is frozen
   */
  Conversation(int port, boolean reads) {
    channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    Observer observer = new Observer(reads);
    out =
        (ClientCallStreamObserver<DeltaDiscoveryRequest>)
            AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(observer);
  }

  private final class Observer
      implements ClientResponseObserver<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {
    private final boolean reads;

    Observer(boolean reads) {
      this.reads = reads;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<DeltaDiscoveryRequest> call) {
      if (!reads) {
        call.disableAutoRequestWithInitial(0);
      }
    }

    @Override
    public void onNext(DeltaDiscoveryResponse response) {
      received.add(response);
    }

    @Override
    public void onError(Throwable cause) {
      StatusRuntimeException failure = (StatusRuntimeException) cause;
      trailers =
          java.util.Objects.requireNonNullElseGet(failure.getTrailers(), io.grpc.Metadata::new);
      end.complete(failure.getStatus());
    }

    @Override
    public void onCompleted() {
      end.complete(io.grpc.Status.OK);
    }
  }

  /** Sends a request; the first one gets the node. */
  Conversation send(DeltaDiscoveryRequest.Builder request) {
    if (first) {
      request.setNode(node);
      first = false;
    }
    return sendAsIs(request);
  }

  Conversation sendAsIs(DeltaDiscoveryRequest.Builder request) {
    first = false;
    out.onNext(request.build());
    return this;
  }

  Conversation subscribe(ResourceKind kind, String... names) {
    return send(request(kind).addAllResourceNamesSubscribe(List.of(names)));
  }

  Conversation resume(ResourceKind kind, Map<String, String> versions, String... names) {
    return send(
        request(kind)
            .putAllInitialResourceVersions(versions)
            .addAllResourceNamesSubscribe(List.of(names)));
  }

  Conversation unsubscribe(ResourceKind kind, String... names) {
    return send(request(kind).addAllResourceNamesUnsubscribe(List.of(names)));
  }

  Conversation ack(DeltaDiscoveryResponse response) {
    return send(answer(response));
  }

  Conversation nack(DeltaDiscoveryResponse response, String detail) {
    return send(answer(response).setErrorDetail(Status.newBuilder().setMessage(detail)));
  }

  static DeltaDiscoveryRequest.Builder request(ResourceKind kind) {
    return DeltaDiscoveryRequest.newBuilder().setTypeUrl(kind.typeUrl());
  }

  static DeltaDiscoveryRequest.Builder answer(DeltaDiscoveryResponse response) {
    return DeltaDiscoveryRequest.newBuilder()
        .setTypeUrl(response.getTypeUrl())
        .setResponseNonce(response.getNonce());
  }

  /** The next response, which must be of this kind. */
  DeltaDiscoveryResponse next(ResourceKind kind) {
    return next(kind.typeUrl());
  }

  DeltaDiscoveryResponse next(String typeUrl) {
    DeltaDiscoveryResponse response = poll();
    assertThat(response.getTypeUrl()).as("%s", response).isEqualTo(typeUrl);
    return response;
  }

  /** The next response, of whatever kind. */
  DeltaDiscoveryResponse next() {
    return poll();
  }

  private DeltaDiscoveryResponse poll() {
    try {
      @Nullable DeltaDiscoveryResponse response = received.poll(10, TimeUnit.SECONDS);
      assertThat(response).as("a response; stream ended: %s", end.getNow(null)).isNotNull();
      return java.util.Objects.requireNonNull(response);
    } catch (InterruptedException cause) {
      throw new AssertionError(cause);
    }
  }

  /** Receives and acknowledges. */
  DeltaDiscoveryResponse accept(ResourceKind kind) {
    DeltaDiscoveryResponse response = next(kind);
    ack(response);
    return response;
  }

  /**
   * Nothing was sent, and nothing is about to be: the stream is served in order, so what is sent in
   * answer to earlier requests and publications comes before the answer to a name of an unknown
   * type.
   */
  Conversation nothingMore() {
    send(
        DeltaDiscoveryRequest.newBuilder()
            .setTypeUrl(FENCE)
            .addResourceNamesSubscribe("fence-" + ++fences));
    DeltaDiscoveryResponse fence = next(FENCE);
    return ack(fence);
  }

  /** What came with the end of the stream. */
  io.grpc.Metadata trailers() {
    return trailers;
  }

  io.grpc.Status end() {
    return end.orTimeout(10, TimeUnit.SECONDS).join();
  }

  static List<String> names(DeltaDiscoveryResponse response) {
    return response.getResourcesList().stream().map(Resource::getName).toList();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
    }
  }
}
