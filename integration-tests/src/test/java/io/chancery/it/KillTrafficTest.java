package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.bootstrap.LocalEnvoy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the control plane, again and again, under traffic. As often as {@code
 * -Dchancery.kills} says.
 */
class KillTrafficTest {
  private static final int KILLS = Integer.getInteger("chancery.kills", 5);
  private static final String COUNTERS =
      "/stats?filter=^(cluster_manager.cluster|listener_manager.listener)_(added|modified|removed)$";

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private final int xdsPort = RunningGateway.freePort();
  private final int adminPort = RunningGateway.freePort();
  private final int port = RunningGateway.freePort();

  @Test
  void failsNoRequestAndChangesNothing() throws Exception {
    try (Upstream orders = new Upstream("orders")) {
      Path files = Files.createDirectory(directory.resolve("files"));
      Files.writeString(
          files.resolve("all.yaml"),
          String.join(
                  "---\n",
                  RunningGateway.GATEWAY,
                  BadInputs.route("all", "/", "orders"),
                  orders.asService("orders"))
              .replace("${port}", "" + port));
      Files.writeString(directory.resolve("config.yaml"), "sources: {files: ['" + files + "']}\n");
      Process plane = start();
      try (LocalEnvoy envoy =
          LocalEnvoy.start(RunningGateway.spec(directory, "default", xdsPort))) {
        awaitAcked();
        Awaitility.await().until(() -> RawHttp.send(port, "GET", "a.example", "/").status() == 200);
        String before = envoy.admin().get(COUNTERS).body();
        assertThat(before).contains("listener_manager.listener_added: 1");
        try (SteadyTraffic traffic = new SteadyTraffic(port)) {
          for (int i = 0; i < KILLS; i++) {
            plane.destroyForcibly().waitFor();
            plane = start();
            awaitAcked();
          }
          assertThat(traffic.stop()).as("failures of %d requests", traffic.count()).isEmpty();
        }
        assertThat(envoy.admin().get(COUNTERS).body()).isEqualTo(before);
      } finally {
        plane.destroyForcibly().waitFor();
      }
    }
  }

  private Process start() throws IOException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "io.chancery.app.Main",
                "serve",
                "--config",
                directory.resolve("config.yaml").toString(),
                "--xds-port",
                "" + xdsPort,
                "--admin-port",
                "" + adminPort,
                "--data-dir",
                directory.resolve("data").toString())
            .redirectError(directory.resolve("serve.log").toFile())
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("ready")) {
        return process;
      }
    }
    throw new AssertionError(Files.readString(directory.resolve("serve.log")));
  }

  /** The Envoy is connected to this process, and has nothing to answer. */
  private void awaitAcked() {
    URI nodes = URI.create("http://127.0.0.1:" + adminPort + "/v1/nodes");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> {
          String body =
              client
                  .send(HttpRequest.newBuilder(nodes).build(), HttpResponse.BodyHandlers.ofString())
                  .body();
          return List.of("\"listeners\"", "\"routes\"").stream().allMatch(body::contains)
              && !body.replace(" ", "").contains("\"pending\":true");
        });
  }
}
