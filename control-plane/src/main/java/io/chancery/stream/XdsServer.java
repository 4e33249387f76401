package io.chancery.stream;

import com.google.protobuf.Message;
import io.chancery.xds.ResourceKind;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCredentials;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The xDS server on grpc-netty: both forms of the protocol, aggregated and for each kind. An
 * Envoy's {@code node.cluster} is its fleet. With mutual TLS its certificate decides, and the node
 * has to agree; plain text, where every claim is believed, is for the loopback interface only.
 */
public final class XdsServer implements AutoCloseable {
  private static final String AGGREGATED = "envoy.service.discovery.v3.AggregatedDiscoveryService";

  /** 100,000 names exceed gRPC's 4 MiB; xds.md F4. */
  private static final int MAX_INBOUND_BYTES = 32 << 20;

  private static final int RECEIVE_WINDOW_BYTES = 64 << 10;

  /** From the connection to the end of TLS and of HTTP/2's settings. */
  private static final long HANDSHAKE_SECONDS = 10;

  private static final int MAX_STRANGERS = 1_000;

  /** An Envoy that asks by type has one for each of about 20 types; xds.md F4. */
  private static final int MAX_CALLS_PER_CONNECTION = 100;

  /** More streams that a client opens and resets at once are an attack: CVE-2023-44487. */
  private static final int MAX_RESETS = 200;

  private static final int RESETS_WINDOW_SECONDS = 30;
  private static final long DRAIN_SECONDS = 10;

  private static final List<Protocol<?>> PROTOCOLS =
      List.of(new DeltaProtocol(), new SotwProtocol());

  private final Feed feed;
  private final Limits limits;
  private final Optional<TlsFiles> tls;
  private final Streams streams;
  private final Misuse misuse = new Misuse();
  private final Strangers strangers = new Strangers(MAX_STRANGERS, misuse);
  private final EventLoopGroup loops;
  private final Server server;

  /**
   * Starts to serve.
   *
   * @throws IllegalArgumentException if the host cannot be used, or a certificate; for users
   * @throws UncheckedIOException if the address cannot be bound
   */
  public XdsServer(Listen listen, Feed feed, XdsMetrics metrics) {
    this(listen, Limits.DEFAULT, feed, metrics);
  }

  /** The same, with limits of one's own. */
  public XdsServer(Listen listen, Limits limits, Feed feed, XdsMetrics metrics) {
    this.feed = feed;
    this.limits = limits;
    this.streams = new Streams(feed, metrics, listen.hold(), listen.answerDeadline(), limits);
    InetSocketAddress address = listen.address();
    this.tls = listen.tlsDirectory().map(TlsFiles::new);
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
   * @param host a name or address
   * @param port 0: any free one
   * @param hold how long a change may be held back until what it refers to is acknowledged
   * @param answerDeadline how long a client may owe an answer before its stream is ended
   * @param tlsDirectory holds {@code tls.crt}, {@code tls.key} and {@code ca.crt}, for mutual TLS;
   *     empty: plain text, on the loopback interface only
   */
  public record Listen(
      String host, int port, Duration hold, Duration answerDeadline, Optional<Path> tlsDirectory) {
    private static final Duration HOLD = Duration.ofSeconds(15);
    private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(90);

    /** With the default times of 15 s and 90 s. */
    public Listen(String host, int port) {
      this(host, port, HOLD);
    }

    /** With the default deadline for answers of 90 s. */
    public Listen(String host, int port, Duration hold) {
      this(host, port, hold, ANSWER_DEADLINE, Optional.empty());
    }

    /** With mutual TLS, if a directory is given. */
    public Listen(String host, int port, Optional<Path> tlsDirectory) {
      this(host, port, HOLD, ANSWER_DEADLINE, tlsDirectory);
    }

    private InetSocketAddress address() {
      InetSocketAddress address = new InetSocketAddress(host, port);
      if (address.isUnresolved()) {
        throw new IllegalArgumentException("xDS host " + host + " has no address");
      }
      if (tlsDirectory.isEmpty() && !address.getAddress().isLoopbackAddress()) {
        throw new IllegalArgumentException(
            "xDS host "
                + host
                + " is not on the loopback interface, and plain text is for that only; expected"
                + " 127.0.0.1, ::1 or localhost, or certificates in xds.tlsDir");
      }
      return address;
    }
  }

  private Server build(InetSocketAddress address) {
    ServerCredentials credentials =
        tls.map(TlsFiles::credentials).orElseGet(InsecureServerCredentials::create);
    return NettyServerBuilder.forAddress(address, credentials)
        .channelFactory(strangers::listening)
        .bossEventLoopGroup(loops)
        .workerEventLoopGroup(loops)
        .directExecutor()
        .maxInboundMessageSize(MAX_INBOUND_BYTES)
        .flowControlWindow(RECEIVE_WINDOW_BYTES)
        .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
        .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
        .maxRstFramesPerWindow(MAX_RESETS, RESETS_WINDOW_SECONDS)
        .keepAliveTime(30, TimeUnit.SECONDS)
        .keepAliveTimeout(10, TimeUnit.SECONDS)
        .permitKeepAliveTime(10, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .maxConnectionAge(limits.connectionAge().toMillis(), TimeUnit.MILLISECONDS)
        .maxConnectionAgeGrace(limits.grace().toMillis(), TimeUnit.MILLISECONDS)
        .addStreamTracerFactory(misuse)
        .addServices(services())
        .fallbackHandlerRegistry(new AnyMethod((call, _) -> refuse(call)))
        .build();
  }

  /** The aggregated service, and one for each kind that has one; xds.md P1. */
  private List<ServerServiceDefinition> services() {
    List<ServerServiceDefinition> services = new ArrayList<>();
    ServerServiceDefinition.Builder aggregated = ServerServiceDefinition.builder(AGGREGATED);
    PROTOCOLS.forEach(protocol -> addAggregated(aggregated, protocol));
    services.add(aggregated.build());
    services.add(new ClientStatusService(new ClientStatuses(feed), this::identify).definition());
    for (ResourceKind kind : ResourceKind.ALL) {
      kind.service()
          .ifPresent(service -> {
            ServerServiceDefinition.Builder one = ServerServiceDefinition.builder(service.name());
            PROTOCOLS.forEach(protocol -> add(one, protocol, kind, service));
            services.add(one.build());
          });
    }
    return services;
  }

  private <Q extends Message> void addAggregated(
      ServerServiceDefinition.Builder service, Protocol<Q> protocol) {
    service.addMethod(
        protocol.descriptor(AGGREGATED, "AggregatedResources"),
        (call, _) -> accept(call, protocol, Optional.empty()));
  }

  private <Q extends Message> void add(
      ServerServiceDefinition.Builder definition,
      Protocol<Q> protocol,
      ResourceKind kind,
      ResourceKind.Service service) {
    definition.addMethod(
        protocol.descriptor(service.name(), service.resources()),
        (call, _) -> accept(call, protocol, Optional.of(kind)));
  }

  private <Q extends Message> ServerCall.Listener<Parsed<Q>> accept(
      ServerCall<Parsed<Q>, Answer> call, Protocol<Q> protocol, Optional<ResourceKind> kind) {
    try {
      Optional<PeerIdentity> peer =
          identify(call); // Who it is comes first; what it may have, later.
      requireReady();
      streams.admit(peer);
      Wire<Q> wire = new Wire<>(call, protocol, kind, peer, loops.next(), streams);
      streams.opened(wire);
      call.sendHeaders(new Metadata());
      call.request(1);
      return wire;
    } catch (StatusRuntimeException cause) {
      Refusals.close(call, cause.getStatus());
      return new ServerCall.Listener<>() {};
    }
  }

  private void requireReady() {
    if (!feed.ready().getAsBoolean()) {
      throw Status.UNAVAILABLE
          .withDescription("the control plane has not read its sources yet")
          .asRuntimeException();
    }
  }

  private Optional<PeerIdentity> identify(ServerCall<?, ?> call) {
    Optional<PeerIdentity> peer = PeerIdentity.of(call);
    strangers.identified(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
    return peer;
  }

  private ServerCall.Listener<byte[]> refuse(ServerCall<byte[], byte[]> call) {
    Status status = Status.UNIMPLEMENTED.withDescription("there is no such method");
    try {
      var _ = identify(call);
    } catch (StatusRuntimeException cause) {
      status = cause.getStatus();
    }
    Refusals.close(call, status);
    return new ServerCall.Listener<>() {};
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
    tls.ifPresent(TlsFiles::close);
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
