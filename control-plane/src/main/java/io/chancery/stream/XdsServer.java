package io.chancery.stream;

import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.SnapshotStore;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves delta ADS. All streams are handled on one thread, which never blocks; Netty's threads read
 * and write.
 *
 * <p>Plaintext, and so on loopback only: there every local process is trusted.
 */
public final class XdsServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(XdsServer.class);
  private static final String SERVICE = "envoy.service.discovery.v3.AggregatedDiscoveryService";

  /** A request that names 100,000 resources exceeds gRPC's own limit of 4 MiB. */
  private static final int MAX_REQUEST_BYTES = 32 * 1024 * 1024;

  private static final int RECEIVE_WINDOW_BYTES = 64 * 1024;
  private static final long PING_SECONDS = 30;
  private static final long PING_TIMEOUT_SECONDS = 10;
  private static final long PERMITTED_PING_SECONDS = 10;
  private static final long TICK_SECONDS = 1;
  private static final long STOP_SECONDS = 5;

  private final SnapshotStore store;
  private final Nodes nodes;
  private final StreamMetrics metrics;
  private final BooleanSupplier ready;
  private final Set<DeltaStream> streams = ConcurrentHashMap.newKeySet();
  private final AtomicLong numbers = new AtomicLong();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("xds").daemon().factory());
  private final Server server;

  /**
   * Starts to listen.
   *
   * @param listen where; port 0 for any free port
   * @param ready streams are refused as long as it is false: the sources have not all been read yet
   * @throws IllegalArgumentException if the host is not a loopback address
   * @throws IOException if the port cannot be had
   */
  public XdsServer(
      Listen listen, SnapshotStore store, Nodes nodes, StreamMetrics metrics, BooleanSupplier ready)
      throws IOException {
    this.store = store;
    this.nodes = nodes;
    this.metrics = metrics;
    this.ready = ready;
    InetAddress address = InetAddress.getByName(listen.host());
    if (!address.isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "xds.host is "
              + listen.host()
              + "; without TLS xDS is served on a loopback address only, such as 127.0.0.1");
    }
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(address, listen.port()))
            .directExecutor()
            .maxInboundMessageSize(MAX_REQUEST_BYTES)
            .flowControlWindow(RECEIVE_WINDOW_BYTES)
            .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
            .keepAliveTimeout(PING_TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .permitKeepAliveTime(PERMITTED_PING_SECONDS, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addService(service())
            .build()
            .start();
    store.onPublish(
        publication -> run(() -> streams.forEach(stream -> stream.published(publication))));
    ScheduledFuture<?> _ =
        thread.scheduleAtFixedRate(
            () -> run(() -> streams.forEach(DeltaStream::tick)),
            TICK_SECONDS,
            TICK_SECONDS,
            TimeUnit.SECONDS);
  }

  /** Where to listen. */
  public record Listen(String host, int port) {}

  /** The port that it listens on. */
  public int port() {
    return server.getPort();
  }

  /** Lets Envoys go: they keep what they have and look for another server. */
  @Override
  public void close() {
    server.shutdown();
    try {
      // Streams never end by themselves; GOAWAY has been sent.
      if (!server.awaitTermination(100, TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
        server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
    }
    thread.shutdownNow();
  }

  private ServerServiceDefinition service() {
    MethodDescriptor<DeltaDiscoveryRequest, DeltaDiscoveryResponse> method =
        MethodDescriptor.<DeltaDiscoveryRequest, DeltaDiscoveryResponse>newBuilder()
            .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
            .setFullMethodName(
                MethodDescriptor.generateFullMethodName(SERVICE, "DeltaAggregatedResources"))
            .setRequestMarshaller(ProtoUtils.marshaller(DeltaDiscoveryRequest.getDefaultInstance()))
            .setResponseMarshaller(
                ProtoUtils.marshaller(DeltaDiscoveryResponse.getDefaultInstance()))
            .build();
    return ServerServiceDefinition.builder(SERVICE)
        .addMethod(method, ServerCalls.asyncBidiStreamingCall(this::open))
        .build();
  }

  private StreamObserver<DeltaDiscoveryRequest> open(
      StreamObserver<DeltaDiscoveryResponse> responses) {
    var client = (ServerCallStreamObserver<DeltaDiscoveryResponse>) responses;
    if (!ready.getAsBoolean()) {
      client.onError(
          Status.UNAVAILABLE
              .withDescription("the sources have not all been read yet")
              .asRuntimeException());
      return new Incoming(request -> {}, () -> {});
    }
    DeltaStream stream = new DeltaStream(numbers.incrementAndGet(), store, nodes, metrics, client);
    client.setOnReadyHandler(() -> run(stream::pump));
    client.setOnCancelHandler(() -> run(() -> end(stream)));
    streams.add(stream);
    return new Incoming(
        request -> run(() -> stream.receive(request)), () -> run(() -> finish(stream, client)));
  }

  private void finish(DeltaStream stream, ServerCallStreamObserver<DeltaDiscoveryResponse> client) {
    end(stream);
    client.onCompleted();
  }

  private void end(DeltaStream stream) {
    if (streams.remove(stream)) {
      stream.closed();
    }
  }

  /** Runs on the xDS thread. A failure ends that task, never the thread. */
  private void run(Runnable task) {
    try {
      thread.execute(() -> {
        try {
          task.run();
        } catch (RuntimeException cause) {
          LOG.error("a stream failed", cause);
        }
      });
    } catch (RejectedExecutionException cause) {
      LOG.debug("the server has been stopped", cause);
    }
  }

  /** Hands requests on. */
  private record Incoming(java.util.function.Consumer<DeltaDiscoveryRequest> requests, Runnable end)
      implements StreamObserver<DeltaDiscoveryRequest> {
    @Override
    public void onNext(DeltaDiscoveryRequest request) {
      requests.accept(request);
    }

    @Override
    public void onError(Throwable cause) {
      end.run();
    }

    @Override
    public void onCompleted() {
      end.run();
    }
  }
}
