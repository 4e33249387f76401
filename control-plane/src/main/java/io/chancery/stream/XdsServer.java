package io.chancery.stream;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The xDS server: delta, aggregated, on grpc-netty. An Envoy's {@code node.cluster} is its fleet.
 * Plain text without authentication, therefore on the loopback interface only.
 */
public final class XdsServer implements AutoCloseable {
  private static final String SERVICE = "envoy.service.discovery.v3.AggregatedDiscoveryService";

  /** 100,000 names exceed gRPC's 4 MiB; xds.md F4. */
  private static final int MAX_INBOUND_BYTES = 32 << 20;

  private static final int RECEIVE_WINDOW_BYTES = 64 << 10;
  private static final long DRAIN_SECONDS = 10;

  private static final MethodDescriptor<DeltaDiscoveryRequest, DeltaDiscoveryResponse> METHOD =
      MethodDescriptor.<DeltaDiscoveryRequest, DeltaDiscoveryResponse>newBuilder()
          .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
          .setFullMethodName(
              MethodDescriptor.generateFullMethodName(SERVICE, "DeltaAggregatedResources"))
          .setRequestMarshaller(ProtoUtils.marshaller(DeltaDiscoveryRequest.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(DeltaDiscoveryResponse.getDefaultInstance()))
          .build();

  private final Feed feed;
  private final Streams streams;
  private final EventLoopGroup loops;
  private final Server server;

  /**
   * Starts to serve.
   *
   * @throws IllegalArgumentException if the host is not the loopback interface
   * @throws UncheckedIOException if the address cannot be bound
   */
  public XdsServer(Listen listen, Feed feed, XdsMetrics metrics) {
    this.feed = feed;
    this.streams = new Streams(feed, metrics, listen.hold());
    InetSocketAddress address = listen.address();
    this.loops = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
    this.server = build(address);
    try {
      server.start();
    } catch (IOException cause) {
      stopLoops();
      throw new UncheckedIOException("cannot listen on " + address + " for xDS", cause);
    }
    feed.snapshots().onPublish(streams::published);
  }

  /**
   * Where to listen.
   *
   * @param host a name or address of the loopback interface
   * @param port 0: any free one
   * @param hold how long a change may be held back until what it refers to is acknowledged
   */
  public record Listen(String host, int port, Duration hold) {
    private static final Duration HOLD = Duration.ofSeconds(15);

    /** With the default hold time of 15 s. */
    public Listen(String host, int port) {
      this(host, port, HOLD);
    }

    private InetSocketAddress address() {
      InetSocketAddress address = new InetSocketAddress(host, port);
      if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
        throw new IllegalArgumentException(
            "xDS host "
                + host
                + " is not on the loopback interface: the server has neither TLS nor authentication"
                + " yet; expected 127.0.0.1, ::1 or localhost");
      }
      return address;
    }
  }

  private Server build(InetSocketAddress address) {
    return NettyServerBuilder.forAddress(address)
        .channelType(NioServerSocketChannel.class)
        .bossEventLoopGroup(loops)
        .workerEventLoopGroup(loops)
        .directExecutor()
        .maxInboundMessageSize(MAX_INBOUND_BYTES)
        .flowControlWindow(RECEIVE_WINDOW_BYTES)
        .keepAliveTime(30, TimeUnit.SECONDS)
        .keepAliveTimeout(10, TimeUnit.SECONDS)
        .permitKeepAliveTime(10, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .addService(
            ServerServiceDefinition.builder(SERVICE).addMethod(METHOD, this::accept).build())
        .build();
  }

  private ServerCall.Listener<DeltaDiscoveryRequest> accept(
      ServerCall<DeltaDiscoveryRequest, DeltaDiscoveryResponse> call, Metadata headers) {
    if (!feed.ready().getAsBoolean()) {
      call.close(
          Status.UNAVAILABLE.withDescription("the control plane has not read its sources yet"),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
    Wire wire = new Wire(call, loops.next(), streams);
    streams.opened(wire);
    call.sendHeaders(new Metadata());
    call.request(1);
    return wire;
  }

  /** The port that is listened on. */
  public int port() {
    return server.getPort();
  }

  /** Lets the nodes answer what they were sent, for at most 10 s, then ends all streams. */
  @Override
  public void close() {
    server.shutdown();
    streams.drain();
    try {
      if (!server.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException cause) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    stopLoops();
  }

  private void stopLoops() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
