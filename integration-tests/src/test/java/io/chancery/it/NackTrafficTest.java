package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.model.Condition;
import io.chancery.model.ObjectStatus;
import io.chancery.model.Ref;
import io.chancery.stream.XdsMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever an Envoy refuses harms what it was made from and nothing else. */
class NackTrafficTest {
  private static final int GOOD_ROUTES = 1_000;

  /** In the place of the reason, where an Envoy prints a large table and gets no further. */
  private static final String CUT =
      "Proto constraint validation failed, and Envoy's text was cut before it says at which field";

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static final Counts COUNTS = new Counts();
  private static final Faults FAULTS = new Faults();
  private static Upstream orders;
  private static RunningGateway gateway;
  private static int edits;

  private static final class Counts implements XdsMetrics {
    final AtomicInteger pushes = new AtomicInteger();
    final AtomicInteger nacks = new AtomicInteger();

    @Override
    public void pushed(String fleet, String kind, int resources, int removed, int bytes) {
      pushes.incrementAndGet();
    }

    @Override
    public void nacked(String fleet, String kind) {
      nacks.incrementAndGet();
    }
  }

  @BeforeAll
  static void start() {
    orders = new Upstream("orders");
    List<String> routes = new ArrayList<>();
    for (int i = 0; i < GOOD_ROUTES; i++) {
      routes.add(route("good-" + i, "good-" + i % 100 + ".example", "/" + i, ""));
    }
    gateway =
        new RunningGateway(
            FAULTS,
            COUNTS,
            RunningGateway.GATEWAY,
            orders.asService("orders"),
            route("steady", "a.example", "/", ""),
            String.join("---\n", routes));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    orders.close();
  }

  private static String route(String name, String host, String path, String fault) {
    String filter =
        "filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: %s, value: %s}]}}],"
            .formatted(Faults.HEADER, fault);
    return """
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: %s, namespace: shop}
    spec:
      parentRefs: [{name: edge}]
      hostnames: [%s]
      rules: [{matches: [{path: {value: %s}}], %s backendRefs: [{name: orders, port: 80}]}]
    """
        .formatted(name, host, path, fault.isEmpty() ? "" : filter);
  }

  private static String virtualHosts(boolean bad) {
    List<String> routes = new ArrayList<>();
    for (int i = 0; i < NackCorpus.of(NackCorpus.VIRTUAL_HOSTS).size(); i++) {
      String fault = bad ? "virtualHosts-" + i : "";
      routes.add(route("bad-" + i, "bad-" + i + ".example", bad ? "/new" : "/old", fault));
    }
    return String.join("---\n", routes);
  }

  @Test
  void newRoutesThatAreRefusedAreClosedAndTheRestOfTheTableGoesOn() {
    try (SteadyTraffic traffic = new SteadyTraffic(gateway.port())) {
      gateway.write("bad.yaml", virtualHosts(true));
      assertGoodOnesGoOn();
      assertAllAreNamed();
      assertThat(gateway.get("bad-0.example", "/new").status()).isEqualTo(500);
      assertNoLoop();
      gateway.write("bad.yaml", virtualHosts(false));
      assertAllAreHealed();
      assertThat(traffic.stop()).as("failures of %d requests", traffic.count()).isEmpty();
    } finally {
      gateway.delete("bad.yaml");
      gateway.awaitSettled();
    }
  }

  @Test
  void whatWasServedBeforeIsServedInThePlaceOfWhatIsRefused() {
    try (SteadyTraffic traffic = new SteadyTraffic(gateway.port())) {
      gateway.write("bad.yaml", virtualHosts(false));
      assertAllAreHealed();
      gateway.write("bad.yaml", virtualHosts(true));
      assertGoodOnesGoOn();
      assertAllAreNamed();
      for (int i = 0; i < NackCorpus.of(NackCorpus.VIRTUAL_HOSTS).size(); i++) {
        assertThat(gateway.get("bad-" + i + ".example", "/old").status()).isEqualTo(200);
        assertThat(gateway.get("bad-" + i + ".example", "/new").status()).isEqualTo(404);
      }
      gateway.write("bad.yaml", virtualHosts(false));
      assertAllAreHealed();
      assertThat(traffic.stop()).as("failures of %d requests", traffic.count()).isEmpty();
    } finally {
      gateway.delete("bad.yaml");
      gateway.awaitSettled();
    }
  }

  @Test
  void routesOfTheSameHostGoOn() {
    gateway.write("bad.yaml", route("bad-0", "good-7.example", "/bad", "virtualHosts-0"));
    gateway.write("more.yaml", "");
    try {
      awaitNamed("bad-0", "missing )");
      assertGoodOnesGoOn();
      gateway.write("more.yaml", route("more", "good-7.example", "/more", ""));
      gateway.awaitStatus(200, "good-7.example", "/more");
      assertThat(gateway.get("good-7.example", "/bad").status()).isEqualTo(500);
      assertThat(condition("good-7")).isEqualTo(Condition.holds("Programmed", "Programmed"));
    } finally {
      gateway.delete("bad.yaml");
      gateway.delete("more.yaml");
      gateway.awaitSettled();
    }
  }

  private static void assertAllAreNamed() {
    List<NackCorpus.Entry> entries = NackCorpus.of(NackCorpus.VIRTUAL_HOSTS);
    for (int i = 0; i < entries.size(); i++) {
      awaitNamed("bad-" + i, entries.get(i).says());
    }
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(unprogrammed()).hasSize(entries.size()));
  }

  private static void awaitNamed(String name, String says) {
    Awaitility.await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .untilAsserted(() -> {
          Condition condition = condition(name);
          assertThat(condition.reason()).isEqualTo("Rejected");
          assertThat(condition.status()).isEqualTo(Condition.Status.FALSE);
          assertThat(condition.message()).contains("1 of 1 nodes").containsAnyOf(says, CUT);
        });
  }

  private static void assertAllAreHealed() {
    for (int i = 0; i < NackCorpus.of(NackCorpus.VIRTUAL_HOSTS).size(); i++) {
      gateway.awaitStatus(200, "bad-" + i + ".example", "/old");
    }
    Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(unprogrammed()).isEmpty());
  }

  /** A change of a good route is served, whatever else there is. */
  private static void assertGoodOnesGoOn() {
    String path = "/edit-" + ++edits;
    gateway.write("edited.yaml", route("edited", "good-1.example", path, ""));
    gateway.awaitStatus(200, "good-1.example", path);
  }

  private static void assertNoLoop() {
    gateway.awaitSettled();
    int before = COUNTS.pushes.get();
    Awaitility.await()
        .during(Duration.ofSeconds(10))
        .atMost(Duration.ofSeconds(11))
        .until(() -> COUNTS.pushes.get() == before);
  }

  private static Condition condition(String name) {
    return programmed(
        gateway.plane().board().report(new Ref("HTTPRoute", "shop", name)).orElseThrow().status());
  }

  private static Condition programmed(ObjectStatus route) {
    return route.parents().getFirst().conditions().stream()
        .filter(condition -> condition.type().equals("Programmed"))
        .findFirst()
        .orElseThrow();
  }

  /** Names of routes that are not programmed. */
  private static List<String> unprogrammed() {
    return gateway.plane().board().reports().stream()
        .map(report -> report.status())
        .filter(status -> status.ref().kind().equals("HTTPRoute"))
        .filter(status -> programmed(status).status() != Condition.Status.TRUE)
        .map(status -> status.ref().name())
        .collect(Collectors.toList());
  }
}
