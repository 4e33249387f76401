package io.chancery.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.chancery.it.TestAuthority;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.stream.Feed;
import io.chancery.stream.XdsServer;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;

/**
 * A real server on a socket, and a well-behaved client beside whoever abuses it. Says at the end
 * whether the abuse did harm.
 */
final class Target implements AutoCloseable {
  static final String FLEET = "abused";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  final SnapshotStore store = new SnapshotStore();
  final Nodes nodes = new Nodes();
  final Counts counts = new Counts();
  private final LogLines log = new LogLines();
  private final @Nullable TestAuthority authority;
  private final Path directory;
  private final XdsServer server;
  private final Witness witness;
  private final long files;

  private Target(@Nullable TestAuthority authority, Path directory) throws Exception {
    this.authority = authority;
    this.directory = directory;
    Optional<Path> tls = Optional.empty();
    if (authority != null) {
      tls = Optional.of(authority.issue(directory.resolve("server"), TestAuthority.loopback()));
    }
    Feed feed = new Feed(store, nodes, () -> true);
    server = new XdsServer(new XdsServer.Listen("127.0.0.1", 0, tls), feed, counts);
    witness = new Witness(store, connect(credentials("witness", "witness-1")));
    witness.seesAChange();
    files = openFiles();
  }

  static Target inPlainText() throws Exception {
    return new Target(null, Path.of("unused"));
  }

  /**
   * With mutual TLS.
   *
   * @param directory for certificates
   */
  static Target withTls(Path directory) throws Exception {
    return new Target(new TestAuthority(), directory);
  }

  /** What a node of a fleet connects with. */
  ChannelCredentials credentials(String fleet, String node) throws Exception {
    return credentials(TestAuthority.node(fleet, node));
  }

  /** A certificate of the authority, with a name of any kind. */
  ChannelCredentials credentials(GeneralName name) throws Exception {
    if (authority == null) {
      return InsecureChannelCredentials.create();
    }
    Path files = authority.issue(directory.resolve("client"), name);
    return TlsChannelCredentials.newBuilder()
        .keyManager(files.resolve("tls.crt").toFile(), files.resolve("tls.key").toFile())
        .trustManager(files.resolve("ca.crt").toFile())
        .build();
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
  }

  ManagedChannel connect(ChannelCredentials credentials) {
    return NettyChannelBuilder.forAddress("127.0.0.1", server.port(), credentials).build();
  }

  /** A connection without anything on it. */
  Socket socket() throws IOException {
    Socket socket = new Socket();
    socket.connect(address());
    socket.setSoTimeout((int) LIMIT.toMillis());
    return socket;
  }

  void publish(String name, int size) {
    publish(FLEET, name, "x".repeat(size));
  }

  /** Publishes a cluster of any size. */
  void publish(String fleet, String name, String content) {
    Cluster cluster = Cluster.newBuilder().setName(name).setAltStatName(content).build();
    Resource resource = Resource.of(ResourceKind.CLUSTER, name, cluster, Set.of());
    long _ =
        store.publish(
            List.of(
                new ResourceChange(
                    fleet, ResourceKind.CLUSTER, name, Optional.of(resource), Set.of())));
  }

  /** A client that behaves goes on being served, on the stream that it had. */
  void stillServes() {
    witness.seesAChange();
  }

  /** Everything that the abuse opened is closed again, here as at the client. */
  void holdsNothing() {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          assertThat(counts.opened.get() - counts.closed.get()).as("streams").isEqualTo(1);
          assertThat(nodes.nodes()).as("nodes").hasSize(1);
          assertThat(openFiles()).as("open files").isLessThanOrEqualTo(files);
        });
  }

  /** The log has one line about the abuse, however often it was tried, and nothing else. */
  void saysOnce(String... words) {
    await().atMost(LIMIT).until(() -> !log.lines().isEmpty());
    assertThat(log.lines()).singleElement().asString().contains(words);
  }

  List<String> log() {
    return log.lines();
  }

  private static long openFiles() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }

  @Override
  public void close() {
    witness.close();
    server.close();
    log.close();
  }
}
