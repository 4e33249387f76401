package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.app.Cluster;
import io.chancery.app.Server;
import io.chancery.app.Settings;
import io.chancery.bootstrap.LocalEnvoy;
import io.chancery.compile.Compilation;
import io.chancery.it.kubernetes.ApiServer;
import io.chancery.it.kubernetes.GatewayApi;
import io.chancery.source.kubernetes.KubernetesScope;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kubectl apply} drives a real Envoy, and {@code kubectl get} says what it runs. The control
 * plane may do what {@code deploy/kubernetes} grants to it, and no more.
 */
class KubernetesTrafficTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String PROGRAMMED =
      "jsonpath={.status.conditions[?(@.type==\"Programmed\")].status}";
  private static final String ROUTE_CONDITIONS =
      "jsonpath={range .status.parents[*]}{.controllerName}:"
          + "{range .conditions[*]}{.type}={.status}/{.reason}/{.observedGeneration} {end}{end}";

  @TempDir Path directory;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final int port = RunningGateway.freePort();
  private ApiServer server;
  private Upstream upstream;

  @BeforeEach
  void start() throws Exception {
    server = ApiServer.own();
    opened.add(server::stop);
    GatewayApi.install(server);
    server.kubectl("create", "namespace", "shop").ok();
    server.kubectl("apply", "-f", "../deploy/kubernetes/rbac.yaml").ok();
    upstream = new Upstream("a");
    opened.add(upstream);
    server.apply(objects("a.example")).ok();
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
  }

  private String objects(String host) {
    return """
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
      - {name: http, port: %d, protocol: HTTP}
    ---
    apiVersion: chancery.io/v1alpha1
    kind: Backend
    metadata: {name: a, namespace: shop}
    spec: {static: {endpoints: [{address: 127.0.0.1, port: %d}]}}
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: a, namespace: shop}
    spec:
      parentRefs: [{name: edge}]
      hostnames: [%s]
      rules:
      - backendRefs: [{group: chancery.io, kind: Backend, name: a}]
    """
        .formatted(port, upstream.port(), host);
  }

  private Server serve(String name) throws Exception {
    Settings.Kubernetes kubernetes =
        new Settings.Kubernetes(
            Optional.of(server.kubeconfig(ApiServer.GATEWAY)),
            Optional.empty(),
            KubernetesScope.ALL,
            true,
            "chancery-system");
    Settings.Endpoint any = new Settings.Endpoint("127.0.0.1", 0);
    Settings settings =
        new Settings(
            directory.resolve(name),
            any,
            Optional.empty(),
            any,
            List.of(),
            Optional.of(kubernetes));
    Compilation compilation = new Compilation();
    Cluster cluster = Cluster.connect(kubernetes, compilation.objects());
    opened.add(cluster);
    Server started =
        new Server(settings, compilation, cluster.source(), Optional.of(cluster), (_, _) -> {});
    opened.add(started);
    assertThat(started.plane().awaitReady(LIMIT.toMillis())).isTrue();
    return started;
  }

  private void envoy(Server of) throws Exception {
    Path home = Files.createTempDirectory(directory, "envoy");
    opened.add(LocalEnvoy.start(RunningGateway.spec(home, "default", of.plane().xdsPort())));
    awaitStatus(200, "a.example");
  }

  private void awaitStatus(int status, String host) {
    Awaitility.await()
        .atMost(LIMIT)
        .until(() -> RawHttp.send(port, "GET", host, "/").status() == status);
  }

  private void awaitRoute(String expected) {
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(get("httproute", ROUTE_CONDITIONS)).contains(expected));
  }

  private String get(String kind, String output) {
    String name = kind.equals("gateway") ? "edge" : "a";
    return server.kubectl("get", kind, name, "-n", "shop", "-o", output).ok();
  }

  private static double metric(Server of, String name) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + of.adminPort() + "/metrics");
    try (HttpClient client = HttpClient.newHttpClient()) {
      String text =
          client
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      return text.lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void applyIsServedAndStatusTellsTheTruth() throws Exception {
    Server one = serve("one");
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(get("httproute", ROUTE_CONDITIONS)).contains("Programmed=False/NoNodes/1"));
    envoy(one);
    awaitRoute("chancery.io/gateway-controller:Accepted=True/Accepted/1 ");
    awaitRoute("ResolvedRefs=True/ResolvedRefs/1 Programmed=True/Programmed/1");
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(get("gateway", PROGRAMMED)).isEqualTo("True"));
    assertThat(get("gateway", "jsonpath={.status.listeners[0].attachedRoutes}")).isEqualTo("1");
    assertThat(server.kubectl("get", "gatewayclass", "chancery").ok()).contains("True");

    // Another controller has an entry of its own, and keeps it.
    server
        .kubectl(
            "patch",
            "httproute",
            "a",
            "-n",
            "shop",
            "--subresource=status",
            "--type=json",
            "-p",
            """
            [{"op": "add", "path": "/status/parents/-", "value": {
              "parentRef": {"name": "edge"}, "controllerName": "example.com/other",
              "conditions": [{"type": "Accepted", "status": "True", "reason": "Accepted", "message": "",
                "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}]
            """)
        .ok();
    server.apply(objects("b.example")).ok();
    awaitStatus(200, "b.example");
    awaitStatus(404, "a.example");
    awaitRoute("Programmed=True/Programmed/2");
    awaitRoute("example.com/other:Accepted=True/Accepted/");

    // A mistake is told at once, and taken back as soon as it is mended.
    server.kubectl("delete", "backend", "a", "-n", "shop").ok();
    awaitRoute("ResolvedRefs=False/BackendNotFound/2");
    server.apply(objects("b.example")).ok();
    awaitRoute("ResolvedRefs=True/ResolvedRefs/2");
    awaitStatus(200, "b.example");

    // A status that was written changes nothing, and is not written again.
    double written = metric(one, "chancery_status_writes_total");
    double batches = metric(one, "chancery_compile_batches_total");
    server.kubectl("annotate", "httproute", "a", "-n", "shop", "touched=yes").ok();
    Awaitility.await().until(() -> metric(one, "chancery_compile_batches_total") > batches);
    Thread.sleep(12_000); // Longer than from one look at everything to the next.
    assertThat(metric(one, "chancery_status_writes_total")).isEqualTo(written);
    assertThat(metric(one, "chancery_status_write_failures_total")).isZero();
  }

  @Test
  void aServerThatDiesHarmsNoRequest() throws Exception {
    Server one = serve("one");
    envoy(one);
    try (SteadyTraffic traffic = new SteadyTraffic(port)) {
      server.kill();
      traffic.awaitMore(50);
      server.restart();
      server
          .apply(
              objects("a.example")
                  .replace("hostnames: [a.example]", "hostnames: [a.example, c.example]"))
          .ok();
      awaitStatus(200, "c.example");
      traffic.awaitMore(50);
      assertThat(traffic.stop()).isEmpty();
    }
    awaitRoute("Programmed=True/Programmed/2");
  }

  @Test
  void oneReplicaWritesAndAnotherTakesOver() throws Exception {
    Server one = serve("one");
    envoy(one);
    awaitRoute("Programmed=True/Programmed/1");
    Server two = serve("two");
    server.apply(objects("b.example")).ok();
    awaitStatus(200, "b.example");
    awaitRoute("Programmed=True/Programmed/2");
    assertThat(metric(two, "chancery_status_writes_total")).isZero();
    one.close();
    opened.remove(one);
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(get("httproute", ROUTE_CONDITIONS)).contains("Programmed=False/NoNodes/2"));
    assertThat(metric(two, "chancery_status_writes_total")).isPositive();
  }
}
