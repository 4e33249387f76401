package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.chancery.bootstrap.LocalEnvoySpec;
import io.chancery.cli.Chancery;
import io.chancery.snapshot.NodeState;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.stream.Feed;
import io.chancery.stream.XdsMetrics;
import io.chancery.stream.XdsServer;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.secret.v3.SecretDiscoveryServiceGrpc;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutual TLS on the xDS port: the certificate decides who a client is. */
class XdsIdentityTest {
  /** Few and fast; for long, {@code -Dchancery.rotations=24 -Dchancery.rotationMillis=5000}. */
  private static final int ROTATIONS = Integer.getInteger("chancery.rotations", 5);

  private static final int ROTATION_MILLIS = Integer.getInteger("chancery.rotationMillis", 1_100);

  @TempDir private Path directory;
  private final Nodes nodes = new Nodes();
  private TestAuthority authority;
  private XdsServer server;

  /** Opens a stream. */
  private interface Method
      extends BiFunction<
          Channel, StreamObserver<DeltaDiscoveryResponse>, StreamObserver<DeltaDiscoveryRequest>> {}

  @BeforeEach
  void start() throws Exception {
    authority = new TestAuthority();
    authority.issue(directory.resolve("server"), TestAuthority.loopback());
    server =
        new XdsServer(
            new XdsServer.Listen("127.0.0.1", 0, Optional.of(directory.resolve("server"))),
            new Feed(new SnapshotStore(), nodes, () -> true),
            XdsMetrics.NONE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ChannelCredentials client(Path files) throws IOException {
    return TlsChannelCredentials.newBuilder()
        .keyManager(files.resolve("tls.crt").toFile(), files.resolve("tls.key").toFile())
        .trustManager(directory.resolve("server/ca.crt").toFile())
        .build();
  }

  private Status ask(ChannelCredentials credentials, String fleet, String node) throws Exception {
    return ask(credentials, fleet, node, XdsIdentityTest::aggregated);
  }

  private static StreamObserver<DeltaDiscoveryRequest> aggregated(
      Channel channel, StreamObserver<DeltaDiscoveryResponse> answers) {
    return AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(answers);
  }

  private static StreamObserver<DeltaDiscoveryRequest> secrets(
      Channel channel, StreamObserver<DeltaDiscoveryResponse> answers) {
    return SecretDiscoveryServiceGrpc.newStub(channel).deltaSecrets(answers);
  }

  private Status ask(ChannelCredentials credentials, String fleet, Method method) throws Exception {
    return ask(credentials, fleet, "edge-1", method);
  }

  /** How a request to a method ends: OK with its first answer, else with the error. */
  private Status ask(ChannelCredentials credentials, String fleet, String node, Method method)
      throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port(), credentials).build();
    CompletableFuture<Status> end = new CompletableFuture<>();
    try {
      StreamObserver<DeltaDiscoveryRequest> out =
          method.apply(
              channel,
              new StreamObserver<>() {
                @Override
                public void onNext(DeltaDiscoveryResponse response) {
                  end.complete(Status.OK);
                }

                @Override
                public void onError(Throwable cause) {
                  end.complete(Status.fromThrowable(cause));
                }

                @Override
                public void onCompleted() {
                  end.complete(Status.UNKNOWN);
                }
              });
      out.onNext(
          DeltaDiscoveryRequest.newBuilder()
              .setNode(Node.newBuilder().setCluster(fleet).setId(node))
              .setTypeUrl("type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret")
              .addResourceNamesSubscribe("a")
              .build());
      return end.get(10, TimeUnit.SECONDS);
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void theCertificateDecidesTheFleetAndTheNodeHasToAgree() throws Exception {
    Path shop = directory.resolve("shop");
    authority.issue(shop, TestAuthority.node("shop", "edge-1"));
    assertThat(ask(client(shop), "shop", XdsIdentityTest::aggregated).isOk()).isTrue();
    Status other = ask(client(shop), "bank", XdsIdentityTest::aggregated);
    assertThat(other.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(other.getDescription()).contains("of fleet bank").contains("of fleet shop");
    assertThat(ask(client(shop), "bank", XdsIdentityTest::secrets).getCode())
        .as("every method")
        .isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void whoDoesNotSayWhoItIsGetsNothing() throws Exception {
    Path nameless = directory.resolve("nameless");
    authority.issue(nameless, TestAuthority.loopback());
    Path foreign = directory.resolve("foreign");
    authority.issue(foreign, TestAuthority.uri("spiffe://shop.example/ns/shop/sa/edge"));
    Path two = directory.resolve("two");
    authority.issue(two, TestAuthority.node("shop", "edge-1"), TestAuthority.node("a", "edge-1"));
    for (Path files : List.of(nameless, foreign, two)) {
      for (Method method : List.<Method>of(XdsIdentityTest::aggregated, XdsIdentityTest::secrets)) {
        assertThat(ask(client(files), "shop", method).getCode())
            .as("%s", files.getFileName())
            .isEqualTo(Status.Code.UNAUTHENTICATED);
      }
    }
  }

  @Test
  void withoutACertificateOfTheAuthorityThereIsNoConnection() throws Exception {
    Path stranger = directory.resolve("stranger");
    new TestAuthority().issue(stranger, TestAuthority.node("shop", "edge-1"));
    ChannelCredentials none =
        TlsChannelCredentials.newBuilder()
            .trustManager(directory.resolve("server/ca.crt").toFile())
            .build();
    for (ChannelCredentials credentials :
        List.of(client(stranger), none, InsecureChannelCredentials.create())) {
      assertThat(ask(credentials, "shop", XdsIdentityTest::aggregated).getCode())
          .isEqualTo(Status.Code.UNAVAILABLE);
    }
  }

  @Test
  void aStreamEndsWithTheCertificateThatOpenedIt() throws Exception {
    Path brief = directory.resolve("brief");
    authority.issue(brief, Duration.ofSeconds(4), TestAuthority.node("shop", "edge-1"));
    assertThat(ask(client(brief), "shop", XdsIdentityTest::aggregated).isOk()).isTrue();
    CompletableFuture<Status> end = new CompletableFuture<>();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port(), client(brief)).build();
    aggregated(
            channel,
            new StreamObserver<>() {
              @Override
              public void onNext(DeltaDiscoveryResponse response) {}

              @Override
              public void onError(Throwable cause) {
                end.complete(Status.fromThrowable(cause));
              }

              @Override
              public void onCompleted() {}
            })
        .onNext(
            DeltaDiscoveryRequest.newBuilder()
                .setNode(Node.newBuilder().setCluster("shop").setId("edge-1"))
                .setTypeUrl("type.googleapis.com/envoy.config.cluster.v3.Cluster")
                .build());
    assertThat(end.get(20, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    channel.shutdownNow();
  }

  @Test
  void plainTextIsForLoopbackOnlyAndBadCertificatesDoNotStart() throws Exception {
    Feed feed = new Feed(new SnapshotStore(), nodes, () -> true);
    assertThatThrownBy(
            () -> new XdsServer(new XdsServer.Listen("0.0.0.0", 0), feed, XdsMetrics.NONE))
        .hasMessageContaining("0.0.0.0")
        .hasMessageContaining("xds.tlsDir");
    Path mixed = directory.resolve("mixed");
    authority.issue(mixed, TestAuthority.loopback());
    byte[] key = Files.readAllBytes(mixed.resolve("tls.key"));
    authority.issue(mixed, TestAuthority.loopback());
    Files.write(mixed.resolve("tls.key"), key);
    assertThatThrownBy(() ->
            new XdsServer(
                new XdsServer.Listen("127.0.0.1", 0, Optional.of(mixed)), feed, XdsMetrics.NONE))
        .hasMessageContaining("tls.key does not belong to tls.crt");
  }

  /** The bootstrap as the command prints it; certificates of both sides change all the time. */
  @Test
  void anEnvoyKeepsItsStreamWhileCertificatesAreRenewed() throws Exception {
    assumeFalse(Boolean.getBoolean("chancery.fast"), "--fast leaves out tests with a real Envoy");
    LocalEnvoySpec spec = RunningGateway.spec(directory, "shop", server.port());
    Path files = directory.resolve("edge");
    authority.issue(files, TestAuthority.node("shop", "edge-1"));
    Process envoy =
        new ProcessBuilder(
                spec.binary().path().toString(),
                "--disable-hot-restart",
                "--concurrency",
                "1",
                "-c",
                bootstrap(files).toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("envoy.log").toFile())
            .start();
    try {
      Instant connected = connectedAt();
      for (int i = 0; i < ROTATIONS; i++) {
        authority.issue(directory.resolve("server"), TestAuthority.loopback());
        authority.issue(files, TestAuthority.node("shop", "edge-1"));
        Path fresh = authority.issue(directory.resolve("fresh"), TestAuthority.node("shop", "a"));
        assertThat(ask(client(fresh), "shop", "a").getCode())
            .as("handshake %d", i)
            .isEqualTo(Status.Code.OK);
        Thread.sleep(ROTATION_MILLIS);
      }
      assertThat(nodes.nodes())
          .as("no stream was lost")
          .filteredOn(node -> node.id().equals("edge-1"))
          .singleElement()
          .matches(node -> node.connectedAt().equals(connected));
    } finally {
      envoy.destroyForcibly().waitFor();
    }
  }

  private Instant connectedAt() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> nodes.nodes().stream().findFirst(), Optional::isPresent)
        .map(NodeState::connectedAt)
        .orElseThrow();
  }

  private Path bootstrap(Path files) throws IOException {
    StringWriter yaml = new StringWriter();
    int exit =
        Chancery.commandLine()
            .setOut(new PrintWriter(yaml))
            .execute(
                "bootstrap",
                "--fleet",
                "shop",
                "--node",
                "edge-1",
                "--xds",
                "127.0.0.1:" + server.port(),
                "--admin-socket",
                directory.resolve("admin.sock").toString(),
                "--tls-dir",
                files.toString());
    assertThat(exit).isZero();
    return Files.writeString(directory.resolve("edge.yaml"), yaml.toString());
  }
}
