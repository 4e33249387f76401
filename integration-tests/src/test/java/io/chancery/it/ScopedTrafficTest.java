package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Route tables of the form Scoped: the hosts of a listener spread over shards. */
class ScopedTrafficTest {

  private static String fleet(int shards) {
    return """
    apiVersion: chancery.io/v1alpha1
    kind: Fleet
    metadata: {name: default}
    spec: {routeTables: {type: Scoped, scoped: {shards: %d}}}
    """
        .formatted(shards);
  }

  private static String route(String name, String hosts, String path, String service) {
    return """
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: %s, namespace: shop}
    spec:
      parentRefs: [{name: edge}]
      hostnames: [%s]
      rules: [{matches: [{path: {value: %s}}], backendRefs: [{name: %s, port: 80}]}]
    """
        .formatted(name, hosts, path, service);
  }

  @Test
  void hostsAndWildcardsFindTheirShards() {
    try (Upstream first = new Upstream("first");
        Upstream second = new Upstream("second");
        RunningGateway gateway =
            new RunningGateway(
                RunningGateway.GATEWAY,
                fleet(4),
                route("exact", "a.example, b.example, c.example, a.w.example", "/", "first"),
                route("wild", "\"*.w.example\", \"*.x.w.example\"", "/", "second"),
                first.asService("first"),
                second.asService("second"))) {
      for (String host : List.of("a.example", "b.example", "c.example", "a.w.example")) {
        assertThat(gateway.get(host, "/").upstream()).as(host).isEqualTo("first");
      }
      for (String host : List.of("b.w.example", "a.b.w.example", "x.w.example", "a.x.w.example")) {
        assertThat(gateway.get(host, "/").upstream()).as(host).isEqualTo("second");
      }
      assertThat(gateway.get("a.example:" + gateway.port(), "/").status()).isEqualTo(200);
      assertThat(gateway.get("a.example.", "/").status()).isEqualTo(200);
      for (String host : List.of("unknown.example", "w.example", "4of4", "*.w.example.org")) {
        assertThat(gateway.get(host, "/").status()).as(host).isEqualTo(404);
      }
      gateway.assertNothingRefused();
    }
  }

  /** Envoy takes expressions of a limited depth, so many wildcards are several of them. */
  @Test
  void theNarrowestOfManyWildcardsWins() {
    try (Upstream wide = new Upstream("wide");
        Upstream narrow = new Upstream("narrow")) {
      List<String> objects = new ArrayList<>();
      objects.addAll(List.of(RunningGateway.GATEWAY, fleet(8), wide.asService("wide")));
      objects.add(narrow.asService("narrow"));
      objects.add(route("widest", "\"*.example\", \"*.long-name.example\"", "/", "wide"));
      for (int i = 0; i < 40; i++) {
        objects.add(route("n" + i, "\"*.n%d.example\"".formatted(i), "/", "narrow"));
        String below = "\"*.w.n%d.example\", own.n%d.example".formatted(i, i);
        objects.add(route("w" + i, below, "/", "wide"));
      }
      try (RunningGateway gateway = new RunningGateway(objects.toArray(String[]::new))) {
        for (int i = 0; i < 40; i++) {
          assertThat(upstream(gateway, "a.n%d.example", i)).isEqualTo("narrow");
          assertThat(upstream(gateway, "a.w.n%d.example", i)).isEqualTo("wide");
          assertThat(upstream(gateway, "own.n%d.example", i)).isEqualTo("wide");
          assertThat(upstream(gateway, "n%d.example", i)).isEqualTo("wide");
        }
        assertThat(gateway.get("a.elsewhere", "/").status()).isEqualTo(404);
        gateway.assertNothingRefused();
      }
    }
  }

  private static String upstream(RunningGateway gateway, String host, int number) {
    return gateway.get(host.formatted(number), "/").upstream();
  }

  @Test
  void whatAClientSaysOfScopesIsIgnoredAndNoUpstreamSeesThem() {
    try (Upstream first = new Upstream("first");
        Upstream second = new Upstream("second");
        RunningGateway gateway =
            new RunningGateway(
                RunningGateway.GATEWAY,
                fleet(4),
                route("a", "a.example", "/", "first"),
                route("b", "b.example", "/", "second"),
                first.asService("first"),
                second.asService("second"))) {
      String[] forged = {"x-chancery-scope: b.example", "x-chancery-chain: elsewhere"};
      RawHttp.Response exact = gateway.get("a.example", "/", forged);
      assertThat(exact.upstream()).isEqualTo("first");
      assertThat(exact.body()).doesNotContain("x-chancery");
      gateway.write("wild.yaml", route("w", "\"*.w.example\"", "/", "first"));
      gateway.awaitStatus(200, "a.w.example", "/");
      RawHttp.Response wild = gateway.get("a.w.example", "/", forged);
      assertThat(wild.upstream()).isEqualTo("first");
      assertThat(wild.body()).doesNotContain("x-chancery");
      assertThat(gateway.get("unknown.example", "/", forged).status()).isEqualTo(404);
    }
  }

  @Test
  void aHostInCapitalsIsSentToTheHostInLowerCase() {
    try (Upstream orders = new Upstream("orders");
        RunningGateway gateway =
            new RunningGateway(
                RunningGateway.GATEWAY,
                fleet(4),
                route("exact", "a.example, \"*.w.example\"", "/", "orders"),
                orders.asService("orders"))) {
      for (String host : List.of("A.Example", "a.W.example", "UNKNOWN.example")) {
        RawHttp.Response response = gateway.get(host + ":" + gateway.port(), "/p?q=A");
        assertThat(response.status()).as(host).isEqualTo(308);
        assertThat(response.header("location"))
            .isEqualTo(
                "http://%s:%d/p?q=A"
                    .formatted(host.toLowerCase(java.util.Locale.ROOT), gateway.port()));
      }
      assertThat(orders.requests()).isZero();
    }
  }

  @Test
  void hostsOfOtherListenersAreMisdirected() throws Exception {
    try (Upstream orders = new Upstream("orders");
        RunningGateway gateway =
            new RunningGateway(
                TlsTrafficTest.GATEWAY,
                fleet(4),
                TlsTrafficTest.ROUTE,
                TestCertificate.secret("wild", "wild-1"),
                TestCertificate.secret("pay", "pay-1"),
                orders.asService("orders"))) {
      assertThat(status(gateway, "api.shop.example", "api.shop.example")).isEqualTo(200);
      assertThat(status(gateway, "pay.shop.example", "pay.shop.example")).isEqualTo(200);
      assertThat(status(gateway, "api.shop.example", "pay.shop.example")).isEqualTo(421);
      assertThat(status(gateway, "pay.shop.example", "api.shop.example")).isEqualTo(421);
      assertThat(status(gateway, "api.shop.example", "other.shop.example")).isEqualTo(404);
      assertThat(status(gateway, "api.shop.example", "elsewhere.example")).isEqualTo(404);
      assertThat(
              TlsTrafficTest.get(gateway.port(), "api.shop.example", "API.shop.example")
                  .response()
                  .header("location"))
          .isEqualTo("https://api.shop.example:" + gateway.port() + "/");
      gateway.assertNothingRefused();
    }
  }

  private static int status(RunningGateway gateway, String serverName, String host)
      throws Exception {
    return TlsTrafficTest.get(gateway.port(), serverName, host).response().status();
  }

  @Test
  void routesAndHostsComeAndGo() {
    try (Upstream first = new Upstream("first");
        Upstream second = new Upstream("second");
        RunningGateway gateway =
            new RunningGateway(
                RunningGateway.GATEWAY,
                fleet(2),
                route("a", "a.example", "/", "first"),
                first.asService("first"),
                second.asService("second"))) {
      gateway.write("more.yaml", route("more", "a.example, b.example", "/more", "second"));
      assertThat(gateway.awaitStatus(200, "b.example", "/more").upstream()).isEqualTo("second");
      assertThat(gateway.get("a.example", "/more").upstream()).isEqualTo("second");
      assertThat(gateway.get("a.example", "/").upstream()).isEqualTo("first");
      gateway.delete("more.yaml");
      gateway.awaitStatus(404, "b.example", "/more");
      assertThat(gateway.get("a.example", "/more").upstream()).isEqualTo("first");
      gateway.assertNothingRefused();
    }
  }

  @Test
  void hostsMoveBetweenShardsAndNoRequestFails() {
    List<String> objects = new ArrayList<>();
    try (Upstream orders = new Upstream("orders")) {
      objects.add(RunningGateway.GATEWAY);
      objects.add(orders.asService("orders"));
      for (int i = 0; i < 20; i++) {
        objects.add(route("r" + i, "h%d.example, a.example".formatted(i), "/", "orders"));
      }
      try (RunningGateway gateway = new RunningGateway(objects.toArray(String[]::new))) {
        gateway.write("fleet.yaml", fleet(1));
        gateway.awaitSettled();
        gateway.awaitStatus(200, "a.example", "/");
        try (SteadyTraffic traffic = new SteadyTraffic(gateway.port())) {
          for (int shards : List.of(7, 64, 3, 256, 2)) {
            long before = gateway.plane().store().revision();
            gateway.write("fleet.yaml", fleet(shards));
            Awaitility.await().until(() -> gateway.plane().store().revision() > before);
            gateway.awaitSettled();
            traffic.awaitMore(50);
          }
          assertThat(traffic.stop()).as("failures of %d requests", traffic.count()).isEmpty();
        }
        gateway.assertNothingRefused();
      }
    }
  }
}
