package io.chancery.stream;

import static io.chancery.stream.Fixture.gone;
import static io.chancery.stream.Fixture.set;
import static io.chancery.xds.ResourceKind.CLUSTER;
import static io.chancery.xds.ResourceKind.ENDPOINTS;
import static io.chancery.xds.ResourceKind.LISTENER;
import static io.chancery.xds.ResourceKind.ROUTE_CONFIGURATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Envoy on the stream: named by the environment variable {@code ENVOY_BIN}. */
class EnvoyStreamTest {
  private static final String BOOTSTRAP =
      """
      node: {id: envoy-1, cluster: edge}
      dynamic_resources:
        ads_config:
          api_type: API_TYPE
          transport_api_version: V3
          grpc_services: [{envoy_grpc: {cluster_name: xds}}]
        cds_config: {ads: {}, resource_api_version: V3}
        lds_config: {ads: {}, resource_api_version: V3}
      static_resources:
        clusters:
        - name: xds
          type: STATIC
          typed_extension_protocol_options:
            envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
              "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
              explicit_http_config: {http2_protocol_options: {}}
          load_assignment:
            cluster_name: xds
            endpoints:
            - lb_endpoints:
              - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: XDS_PORT}}}
      """;

  private final Fixture fixture = new Fixture(Duration.ofSeconds(15), 1000);
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicBoolean stop = new AtomicBoolean();
  @TempDir private Path directory;
  private HttpServer upstream;
  private @Nullable Process envoy;
  private URI uri;

  @BeforeEach
  void start() throws IOException {
    String binary = System.getenv("ENVOY_BIN");
    assumeTrue(binary != null, "ENVOY_BIN names no Envoy");
    upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    upstream.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    upstream.start();
    uri = URI.create("http://127.0.0.1:" + freePort() + "/");
  }

  private void startEnvoy(String apiType) throws IOException {
    String binary = System.getenv("ENVOY_BIN");
    Path bootstrap =
        Files.writeString(
            directory.resolve("envoy.yaml"),
            BOOTSTRAP.replace("XDS_PORT", "" + fixture.server.port()).replace("API_TYPE", apiType));
    envoy =
        new ProcessBuilder(
                List.of(
                    binary,
                    "-c",
                    bootstrap.toString(),
                    "--concurrency",
                    "1",
                    "--disable-hot-restart"))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("envoy.log").toFile())
            .start();
  }

  @AfterEach
  void close() throws InterruptedException {
    stop.set(true);
    if (envoy != null) {
      envoy.destroyForcibly().waitFor();
    }
    if (upstream != null) {
      upstream.stop(0);
    }
    client.close();
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELTA_GRPC", "GRPC"})
  void servesRenamesAndSurvivesARestart(String apiType) throws Exception {
    startEnvoy(apiType);
    int port = upstream.getAddress().getPort();
    fixture.publish(
        set(CLUSTER, "old", Messages.cluster("old")),
        set(ENDPOINTS, "old", Messages.endpoints("old", port)),
        set(LISTENER, "http", Messages.listener("http", uri.getPort(), "routes")),
        set(ROUTE_CONFIGURATION, "routes", Messages.routes("routes", "old")));
    await().atMost(Duration.ofSeconds(30)).until(() -> status() == 200);

    AtomicInteger good = new AtomicInteger();
    AtomicInteger bad = new AtomicInteger();
    Thread traffic = Thread.startVirtualThread(() -> traffic(good, bad));
    renamesTheCluster(port);
    restartsTheServer(apiType);
    int before = good.get();
    await().until(() -> good.get() > before + 20);
    stop.set(true);
    traffic.join();
    assertThat(bad).hasValue(0);
    assertThat(fixture.counts.nacks).hasValue(0);
  }

  private void renamesTheCluster(int port) {
    fixture.publish(
        set(CLUSTER, "new", Messages.cluster("new")),
        set(ENDPOINTS, "new", Messages.endpoints("new", port)),
        set(ROUTE_CONFIGURATION, "routes", Messages.routes("routes", "new")),
        gone(CLUSTER, "old"),
        gone(ENDPOINTS, "old"));
    await().atMost(Duration.ofSeconds(30)).until(this::runsEverything);
    assertThat(fixture.counts.expired).hasValue(0);
  }

  /**
   * The endpoints of the cluster that was changed just now come again; xds.md O6. With the state of
   * the world, names are answered again; listeners and clusters are not.
   */
  private void restartsTheServer(String apiType) {
    int port = fixture.server.port();
    int resources = fixture.counts.resources.get();
    fixture.server.close();
    await().until(() -> fixture.nodes.nodes().isEmpty());
    fixture.server = fixture.start(port, Duration.ofSeconds(15));
    await().atMost(Duration.ofSeconds(30)).until(this::runsEverything);
    int named = apiType.equals("GRPC") ? 2 : 1;
    assertThat(fixture.counts.resources).hasValue(resources + named);
  }

  private boolean runsEverything() {
    long revision = fixture.store.revision();
    return fixture.nodes.nodes().stream()
        .anyMatch(node ->
            List.of(CLUSTER, ENDPOINTS, LISTENER, ROUTE_CONFIGURATION).stream()
                .allMatch(
                    kind -> node.kind(kind).filter(it -> it.acked() == revision).isPresent()));
  }

  private void traffic(AtomicInteger good, AtomicInteger bad) {
    while (!stop.get()) {
      (status() == 200 ? good : bad).incrementAndGet();
    }
  }

  private int status() {
    try {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException cause) {
      return 0;
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
