package io.chancery.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.net.httpserver.HttpServer;
import io.chancery.bootstrap.EnvoyBinary;
import io.chancery.bootstrap.EnvoyUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** A real Envoy that is served by java-control-plane on compiled snapshots. */
class EmbeddedEnvoyTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** As the README of this module wants it: a node in each request, no layers of runtime by xDS. */
  private static final String BOOTSTRAP =
      """
      node: {id: adapter-1, cluster: default}
      dynamic_resources:
        ads_config:
          api_type: DELTA_GRPC
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
              - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: ${port}}}}
      """;

  @TempDir private Path directory;

  @Test
  void anEnvoyServesTheRoutes() throws Exception {
    assumeFalse(Boolean.getBoolean("chancery.fast"), "--fast leaves out tests with a real Envoy");
    int port = freePort();
    HttpServer upstream =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    upstream.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    upstream.start();
    Path files = Files.createDirectory(directory.resolve("files"));
    try (Embedded embedded = new Embedded(files, port)) {
      embedded.service("orders", upstream.getAddress().getPort());
      embedded.publish();
      Process envoy = envoy(embedded.port());
      try {
        awaitStatus(port, "orders.shop.example", "204");
        assertThat(status(port, "stock.shop.example")).isEqualTo("404");
        embedded.service("stock", upstream.getAddress().getPort());
        embedded.publish();
        awaitStatus(port, "stock.shop.example", "204");
      } finally {
        Process _ = envoy.destroyForcibly();
      }
    } finally {
      upstream.stop(0);
    }
  }

  private Process envoy(int xdsPort) throws IOException {
    Path bootstrap =
        Files.writeString(
            directory.resolve("bootstrap.yaml"), BOOTSTRAP.replace("${port}", "" + xdsPort));
    return new ProcessBuilder(
            binary().toString(),
            "--use-dynamic-base-id",
            "--concurrency",
            "1",
            "-c",
            bootstrap.toString())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("envoy.log").toFile())
        .start();
  }

  private static Path binary() {
    try {
      return EnvoyBinary.find(System.getenv(), Path.of("../.chancery"), _ -> {}).path();
    } catch (EnvoyUnavailableException cause) {
      throw new TestAbortedException("no Envoy: " + cause.getMessage(), cause);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void awaitStatus(int port, String host, String status) {
    Awaitility.await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> status(port, host).equals(status));
  }

  /** The status of the answer; empty: nobody listens. */
  private static String status(int port, String host) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String[] words = new String(in.readAllBytes(), StandardCharsets.US_ASCII).split(" ", 3);
      return words.length < 2 ? "" : words[1];
    } catch (IOException cause) {
      return "";
    }
  }
}
