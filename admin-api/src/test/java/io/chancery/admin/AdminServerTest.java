package io.chancery.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AdminServerTest {
  private final FixedInspection inspection = new FixedInspection();
  private final HttpClient client = HttpClient.newHttpClient();
  private AdminServer server = new AdminServer("127.0.0.1", 0, inspection);

  @BeforeEach
  void start() {
    server = server.start();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void tellsStatusWithoutWhatIsEmpty() {
    JsonNode edge = json(get("/v1/status?name=edge")).get(0);

    assertThat(edge.get("kind").asString()).isEqualTo("Gateway");
    assertThat(edge.get("conditions").get(0).get("status").asString()).isEqualTo("True");
    assertThat(edge.has("problems")).isFalse();
    assertThat(edge.has("programmed")).isFalse();
  }

  @Test
  void narrowsStatus() {
    assertThat(json(get("/v1/status"))).hasSize(2);
    assertThat(json(get("/v1/status?kind=gateway&namespace=shop"))).hasSize(2);
    assertThat(json(get("/v1/status?kind=Route"))).isEmpty();
    assertThat(json(get("/v1/status?namespace=other"))).isEmpty();
    assertThat(json(get("/v1/status?problems=true"))).hasSize(1);
    assertThat(json(get("/v1/status?problems=false"))).hasSize(2);
  }

  @Test
  void refusesParametersThatNobodyReads() {
    assertProblem(get("/v1/status?knd=Gateway"), 400, "query parameter 'knd' is unknown");
    assertProblem(get("/v1/status?problems=yes"), 400, "'yes'; expected true or false");
  }

  @Test
  void findsResourcesWhoseNamesHaveSlashes() {
    HttpResponse<String> answer = get("/v1/snapshots/default/routes/" + FixedInspection.TABLE);

    assertThat(json(answer).get("body").get("name").asString()).isEqualTo(FixedInspection.TABLE);
    assertThat(json(get("/v1/snapshots/default/routes")).get(0).has("body")).isFalse();
    assertThat(json(get("/v1/snapshots/default")).get("resources").get("routes").asInt())
        .isEqualTo(1);
    assertThat(json(get("/v1/fleets")).get(0).get("revision").asInt()).isEqualTo(3);
  }

  @Test
  void saysWhatDoesNotExist() {
    assertProblem(get("/v1/snapshots/other"), 404, "fleet 'other' does not exist");
    assertProblem(get("/v1/snapshots/default/rotes"), 404, "type 'rotes' in fleet 'default'");
    assertProblem(get("/v1/snapshots/default/routes/a/b"), 404, "resource 'a/b' of type 'routes'");
    assertProblem(get("/v2"), 404, "");
  }

  @Test
  void keepsTheReasonOfABugToItsLog() {
    assertProblem(get("/v1/nodes"), 500, "its log says why");
    assertThat(get("/v1/nodes").body()).doesNotContain("secret");
  }

  @Test
  void isReadyOrSaysWhyNot() {
    assertThat(get("/readyz").statusCode()).isEqualTo(200);

    inspection.waitingFor = List.of("the first compile");
    HttpResponse<String> answer = get("/readyz");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(json(answer).get("reasons").get(0).asString()).isEqualTo("the first compile");
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void servesMetrics() {
    assertThat(get("/metrics").body()).isEqualTo("chancery_up 1\n");
  }

  @Test
  void servesNoOtherHost() throws IOException {
    assertThat(statusLine("attacker.example")).contains("421");
    assertThat(statusLine("127.0.0.1.attacker.example:80")).contains("421");
    assertThat(statusLine("LOCALHOST:1")).contains("200");
    assertThat(statusLine("[::1]:1")).contains("200");
  }

  @Test
  void bindsToLoopbackOnly() {
    assertThatThrownBy(() -> new AdminServer("0.0.0.0", 0, inspection))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("admin host 0.0.0.0: expected a loopback address such as 127.0.0.1");
  }

  @Test
  void documentsEveryPath() {
    List<String> documented =
        get("/openapi.yaml")
            .body()
            .lines()
            .filter(line -> line.matches("  /.*:"))
            .map(line -> line.strip().replaceFirst(":$", ""))
            .toList();
    assertThat(documented)
        .containsExactlyElementsOf(
            new Endpoints(inspection)
                .all.stream().map(Endpoints.Endpoint::documentedPath).toList());
  }

  /** The client of the JDK sends no Host of one's own. */
  private String statusLine(String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      String request = "GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return String.valueOf(in.readLine());
    }
  }

  private HttpResponse<String> get(String path) {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    try {
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException cause) {
      throw new AssertionError(path, cause);
    }
  }

  private static JsonNode json(HttpResponse<String> response) {
    return new JsonMapper().readTree(response.body());
  }

  private static void assertProblem(HttpResponse<String> response, int status, String detail) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    assertThat(json(response).get("status").asInt()).isEqualTo(status);
    assertThat(json(response).get("detail").asString()).contains(detail);
  }
}
