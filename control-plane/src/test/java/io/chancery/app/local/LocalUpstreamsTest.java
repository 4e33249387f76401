package io.chancery.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.app.local.LocalRun.Protocol;
import io.chancery.app.local.LocalRun.Upstream;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LocalUpstreamsTest {
  private static final Upstream ORDERS =
      new Upstream("orders", 0, Protocol.HTTP, Optional.of("v2"));
  private static final Upstream STOCK = new Upstream("stock", 0, Protocol.GRPC, Optional.empty());

  @Test
  void tellsWhatReachedIt() throws Exception {
    try (LocalUpstreams upstreams = LocalUpstreams.start(List.of(ORDERS));
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + upstreams.ports().getFirst() + "/orders/7?a=b"))
              .header("X-User", "ada")
              .header("x-envoy-attempt-count", "1")
              .header("authorization", "secret")
              .POST(HttpRequest.BodyPublishers.ofString("hello"))
              .build();
      JsonNode answer =
          JsonMapper.shared().readTree(client.send(request, BodyHandlers.ofString()).body());
      assertThat(answer.get("service").stringValue()).isEqualTo("orders");
      assertThat(answer.get("version").stringValue()).isEqualTo("v2");
      assertThat(answer.get("method").stringValue()).isEqualTo("POST");
      assertThat(answer.get("path").stringValue()).isEqualTo("/orders/7?a=b");
      assertThat(answer.get("bodyBytes").intValue()).isEqualTo(5);
      assertThat(answer.get("headers"))
          .isEqualTo(JsonMapper.shared().createObjectNode().put("x-user", "ada"));
    }
  }

  @Test
  void answersSeveralRequestsOnOneConnection() throws Exception {
    try (LocalUpstreams upstreams = LocalUpstreams.start(List.of(ORDERS));
        Socket connection =
            new Socket(InetAddress.getLoopbackAddress(), upstreams.ports().getFirst())) {
      for (int i = 0; i < 3; i++) {
        OutputStream output = connection.getOutputStream();
        output.write(
            ("GET /" + i + " HTTP/1.1\r\nhost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        assertThat(lineWith("\"path\":\"/" + i + "\"", connection.getInputStream())).isTrue();
      }
    }
  }

  /** Reads up to the end of the line that has the text; false if the connection ends before. */
  private static boolean lineWith(String text, InputStream input) throws Exception {
    StringBuilder line = new StringBuilder();
    for (int next = input.read(); next >= 0; next = input.read()) {
      line.append((char) next);
      if (next == '\n' && line.indexOf(text) >= 0) {
        return true;
      }
    }
    return false;
  }

  @Test
  void servesGrpcHealth() throws Exception {
    try (LocalUpstreams upstreams = LocalUpstreams.start(List.of(STOCK))) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", upstreams.ports().getFirst())
              .usePlaintext()
              .build();
      try {
        HealthCheckRequest request = HealthCheckRequest.newBuilder().setService("stock").build();
        assertThat(HealthGrpc.newBlockingStub(channel).check(request).getStatus())
            .isEqualTo(ServingStatus.SERVING);
      } finally {
        channel.shutdownNow();
      }
    }
  }

  @Test
  void startsAllOrNothingAndSaysWhichPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Upstream http = new Upstream("users", taken.getLocalPort(), Protocol.HTTP, Optional.empty());
      Upstream grpc = new Upstream("stock", taken.getLocalPort(), Protocol.GRPC, Optional.empty());
      for (Upstream upstream : List.of(http, grpc)) {
        assertThatThrownBy(() -> LocalUpstreams.start(List.of(ORDERS, upstream)))
            .isInstanceOf(LocalRunException.class)
            .hasMessageContaining("upstream " + upstream.name())
            .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
      }
    }
  }

  @Test
  void freesItsPortsWhenClosed() throws Exception {
    LocalUpstreams upstreams = LocalUpstreams.start(List.of(ORDERS, STOCK));
    List<Integer> ports = upstreams.ports();
    upstreams.close();
    for (int port : ports) {
      assertThat(ask(port)).doesNotStartWith("HTTP/1.1 200");
    }
  }

  /**
   * What a port answers; empty if nobody listens. The port is free for others: they may have it
   * already.
   */
  private static String ask(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(500);
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = new byte[64];
      int length = Math.max(0, socket.getInputStream().read(answer));
      return new String(answer, 0, length, StandardCharsets.US_ASCII);
    } catch (IOException cause) {
      return "";
    }
  }
}
