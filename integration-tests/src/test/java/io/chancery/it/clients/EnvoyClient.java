package io.chancery.it.clients;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.chancery.bootstrap.EnvoyBinary;
import io.chancery.bootstrap.EnvoyUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/** A real Envoy with a bootstrap of the test's own; asks through its listener on a port. */
record EnvoyClient(Process process, int port) implements Client {
  /** What all bootstraps have: who it is, and where the server is. */
  private static final String COMMON =
      """
      node: {id: envoy-1, cluster: FLEET}
      static_resources:
        clusters:
        - name: SERVER
          type: STATIC
          typed_extension_protocol_options:
            envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
              "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
              explicit_http_config: {http2_protocol_options: {}}
          load_assignment:
            cluster_name: SERVER
            endpoints:
            - lb_endpoints:
              - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: XDS_PORT}}}
      """;

  /**
   * Starts one.
   *
   * @param directory for its files
   * @param port of the listener that it will get
   * @param resources the part {@code dynamic_resources} of its bootstrap, and what else it needs
   */
  static EnvoyClient start(Path directory, int xdsPort, int port, String resources)
      throws IOException {
    String common =
        COMMON
            .replace("FLEET", Served.FLEET)
            .replace("SERVER", Messages.SERVER)
            .replace("XDS_PORT", "" + xdsPort);
    Path bootstrap = Files.writeString(directory.resolve("envoy.yaml"), common + resources);
    Process process =
        new ProcessBuilder(
                binary().toString(),
                "--disable-hot-restart",
                "--concurrency",
                "1",
                "-c",
                bootstrap.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("envoy.log").toFile())
            .start();
    return new EnvoyClient(process, port);
  }

  private static Path binary() {
    assumeFalse(Boolean.getBoolean("chancery.fast"), "--fast leaves out tests with a real Envoy");
    try {
      return EnvoyBinary.find(System.getenv(), Path.of("../.chancery"), _ -> {}).path();
    } catch (EnvoyUnavailableException cause) {
      throw new TestAbortedException("no Envoy: " + cause.getMessage(), cause);
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /** On a new connection each time: an old one would still have the listener that it came by. */
  @Override
  public String ask() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] response = socket.getInputStream().readAllBytes();
      String text = new String(response, StandardCharsets.UTF_8);
      return text.startsWith("HTTP/1.1 200")
          ? text.substring(text.indexOf("\r\n\r\n") + 4)
          : text.lines().findFirst().orElse("nothing");
    } catch (IOException cause) {
      return cause.toString();
    }
  }

  @Override
  public void close() {
    try {
      int _ = process.destroyForcibly().waitFor();
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
    }
  }
}
