package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.chancery.app.ControlPlane;
import io.chancery.bootstrap.EnvoyBinary;
import io.chancery.bootstrap.EnvoyUnavailableException;
import io.chancery.bootstrap.LocalEnvoy;
import io.chancery.bootstrap.LocalEnvoySpec;
import io.chancery.bootstrap.LocalEnvoySpec.Tuning;
import io.chancery.bootstrap.NodeIdentity;
import io.chancery.bootstrap.XdsAddress;
import io.chancery.compile.Compilation;
import io.chancery.model.Ref;
import io.chancery.snapshot.SnapshotFiles;
import io.chancery.source.file.FileSource;
import io.chancery.stream.XdsMetrics;
import io.chancery.stream.XdsServer;
import io.chancery.xds.ResourceChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A directory of YAML files, a control plane that reads it, and a real Envoy that serves it. */
final class RunningGateway implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** The head of every directory: a class, and a Gateway with one HTTP listener on loopback. */
  static final String GATEWAY =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: GatewayClass
      metadata: {name: chancery}
      spec: {controllerName: chancery.io/gateway-controller}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: edge, namespace: shop}
      spec:
        gatewayClassName: chancery
        addresses: [{value: 127.0.0.1}]
        listeners:
        - {name: http, port: ${port}, protocol: HTTP}
      """;

  private static final Set<String> CLUSTER_SCOPED = Set.of("GatewayClass", "Fleet");

  private final Path directory;
  private final Path files;
  private final int port = freePort();
  private final int secondPort = freePort();
  private final int xdsPort = freePort();
  private final UnaryOperator<ResourceChange> fault;
  private ControlPlane plane;
  private LocalEnvoy envoy;

  /** Starts, and returns when the Envoy has accepted all that the files make. */
  RunningGateway(String... yaml) {
    this(UnaryOperator.identity(), XdsMetrics.NONE, yaml);
  }

  /** The same with a bug in the rules: what it makes of a resource is published. */
  RunningGateway(UnaryOperator<ResourceChange> fault, XdsMetrics metrics, String... yaml) {
    this.fault = fault;
    assumeFalse(Boolean.getBoolean("chancery.fast"), "--fast leaves out tests with a real Envoy");
    try {
      directory = Files.createTempDirectory("gateway");
      files = Files.createDirectory(directory.resolve("files"));
      write("base.yaml", String.join("---\n", yaml));
      plane = startPlane(metrics);
      envoy = LocalEnvoy.start(spec(directory, "default", xdsPort));
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    awaitSettled();
  }

  /** An Envoy of a fleet with its files under a directory; without an Envoy the test is skipped. */
  static LocalEnvoySpec spec(Path directory, String fleet, int xdsPort) {
    try {
      EnvoyBinary binary = EnvoyBinary.find(System.getenv(), Path.of("../.chancery"), _ -> {});
      List<XdsAddress> servers = List.of(XdsAddress.parse("127.0.0.1:" + xdsPort));
      NodeIdentity node = new NodeIdentity(fleet, "it-1");
      return new LocalEnvoySpec(
          binary, directory.resolve("envoy"), node, servers, Tuning.DEFAULT.withWorkers(1));
    } catch (EnvoyUnavailableException cause) {
      throw new org.opentest4j.TestAbortedException("no Envoy: " + cause.getMessage(), cause);
    }
  }

  private ControlPlane startPlane(XdsMetrics metrics) {
    Compilation compilation = new Compilation();
    FileSource source = new FileSource(List.of(files), compilation.objects());
    XdsServer.Listen listen = new XdsServer.Listen("127.0.0.1", xdsPort);
    ControlPlane started =
        new ControlPlane(compilation, source, listen, metrics, (_, _) -> {}, stored(), fault);
    started.start();
    return started;
  }

  /** Where snapshots are stored. */
  SnapshotFiles stored() {
    return new SnapshotFiles(directory.resolve("snapshots"));
  }

  /** Takes the directory of the files away, as a volume that is not mounted. */
  void hideFiles() {
    move(files, directory.resolve("hidden"));
  }

  /** Deletes a file while the directory is away. */
  void deleteHidden(String name) {
    try {
      Files.delete(directory.resolve("hidden").resolve(name));
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  void showFiles() {
    move(directory.resolve("hidden"), files);
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /** Ends the Envoy and starts a new one, which has nothing. */
  void replaceEnvoy() {
    envoy.close();
    try {
      envoy = LocalEnvoy.start(spec(directory, "default", xdsPort));
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /** Ends the control plane and starts another one on the same port with the same files. */
  void restartControlPlane(XdsMetrics metrics) {
    plane.close();
    plane = startPlane(metrics);
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  int port() {
    return port;
  }

  int secondPort() {
    return secondPort;
  }

  ControlPlane plane() {
    return plane;
  }

  LocalEnvoy envoy() {
    return envoy;
  }

  /** Writes a file as an editor does: beside it, and then in its place. */
  void write(String name, String yaml) {
    writeBytes(name, withPorts(yaml).getBytes(StandardCharsets.UTF_8));
  }

  /** The text with the ports of this gateway in it. */
  String withPorts(String text) {
    return text.replace("${port}", "" + port).replace("${port2}", "" + secondPort);
  }

  /** The directory of the files. */
  Path files() {
    return files;
  }

  void writeBytes(String name, byte[] bytes) {
    try {
      Path beside = Files.write(directory.resolve(name + ".new"), bytes);
      Files.move(
          beside,
          files.resolve(name),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  void delete(String name) {
    try {
      Files.delete(files.resolve(name));
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /** Waits until the Envoy has accepted, or refused, all that there is. */
  void awaitSettled() {
    Awaitility.await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> plane.nodes().nodes(),
            nodes -> nodes.size() == 1 && nodes.stream().allMatch(plane::isSettled));
  }

  /** GET from the first port. */
  RawHttp.Response get(String host, String path, String... headers) {
    return RawHttp.send(port, "GET", host, path, headers);
  }

  /** Asks until the answer has this status, for changes that are on their way. */
  RawHttp.Response awaitStatus(int status, String host, String path, String... headers) {
    return Awaitility.await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> get(host, path, headers), response -> response.status() == status);
  }

  /** No Envoy refused anything. */
  void assertNothingRefused() {
    assertThat(plane.nodes().nodes())
        .allSatisfy(node ->
            assertThat(node.kinds().values())
                .allSatisfy(kind -> assertThat(kind.rejected()).isEmpty()));
  }

  /** Problems of all objects, as text. */
  List<String> problems() {
    return plane.board().reports().stream()
        .flatMap(report -> report.status().problems().stream())
        .map(Object::toString)
        .toList();
  }

  /** Conditions of an object at its first parent or of the whole, by type. */
  Map<String, String> conditions(String kind, String name) {
    var report =
        plane
            .board()
            .report(new Ref(kind, CLUSTER_SCOPED.contains(kind) ? "" : "shop", name))
            .orElseThrow();
    var conditions =
        report.status().parents().isEmpty()
            ? report.status().conditions()
            : report.status().parents().getFirst().conditions();
    Map<String, String> byType = new java.util.TreeMap<>();
    conditions.forEach(c -> byType.put(c.type(), c.status() + " " + c.reason()));
    return byType;
  }

  @Override
  public void close() {
    envoy.close();
    plane.close();
    try (Stream<Path> all = Files.walk(directory)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
