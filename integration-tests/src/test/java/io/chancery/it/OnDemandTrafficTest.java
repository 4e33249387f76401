package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.route.v3.ScopedRouteConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Shards on demand: an Envoy gets one when the first request for a host in it comes. */
class OnDemandTrafficTest {
  private static final Pattern FETCHED =
      Pattern.compile("\"name\": \"(http/[0-9.:]+/\\d+of\\d+)\"");

  private static String fleet(int shards) {
    return """
    apiVersion: chancery.io/v1alpha1
    kind: Fleet
    metadata: {name: default}
    spec: {routeTables: {type: Scoped, scoped: {shards: %d, onDemand: true}}}
    """
        .formatted(shards);
  }

  private static String route(String name, String policy) {
    return """
    apiVersion: chancery.io/v1alpha1
    kind: Route
    metadata: {name: %1$s, namespace: shop}
    spec:
      parentRefs: [{name: edge}]
      hostnames: [%1$s.example]
      rules: [{name: all, backendRefs: [{name: orders, port: 80}]%2$s}]
    """
        .formatted(name, policy);
  }

  /** Names of the shards that the Envoy has. */
  private static Set<String> fetched(RunningGateway gateway) {
    try {
      String dump =
          gateway.envoy().admin().get("/config_dump?resource=dynamic_route_configs").body();
      Set<String> shards = new TreeSet<>();
      Matcher matcher = FETCHED.matcher(dump);
      while (matcher.find()) {
        shards.add(matcher.group(1));
      }
      return shards;
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  private static String shardOf(RunningGateway gateway, String host) {
    String scope = "http/127.0.0.1:" + gateway.port() + "/" + host;
    var resource =
        gateway
            .plane()
            .store()
            .snapshot("default")
            .resource(ResourceKind.SCOPED_ROUTES, scope)
            .orElseThrow();
    try {
      return ScopedRouteConfiguration.parseFrom(resource.bytes()).getRouteConfigurationName();
    } catch (com.google.protobuf.InvalidProtocolBufferException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  private static RunningGateway gateway(Upstream orders, int shards, List<String> more) {
    return new RunningGateway(objects(orders, shards, more));
  }

  private static String[] objects(Upstream orders, int shards, List<String> more) {
    List<String> objects = new ArrayList<>();
    objects.addAll(List.of(RunningGateway.GATEWAY, fleet(shards), orders.asService("orders")));
    objects.addAll(more);
    return objects.toArray(String[]::new);
  }

  private static List<String> hosts(int count, String name, String policy) {
    List<String> routes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      routes.add(route(name + i, policy));
    }
    return routes;
  }

  @Test
  void onlyTheShardsThatAreAskedForAreFetched() {
    try (Upstream orders = new Upstream("orders");
        RunningGateway gateway = gateway(orders, 1_000, hosts(50, "h", ""))) {
      assertThat(fetched(gateway)).isEmpty();
      assertThat(gateway.get("h0.example", "/").upstream()).isEqualTo("orders");
      RawHttp.Response posted =
          RawHttp.post(gateway.port(), "h1.example", "/p", "x".repeat(10_000));
      assertThat(posted.upstream()).isEqualTo("orders");
      assertThat(posted.body()).contains("POST /p").contains("content-length: 10000");
      assertThat(fetched(gateway))
          .containsExactlyInAnyOrder(
              shardOf(gateway, "h0.example"), shardOf(gateway, "h1.example"));

      assertThat(gateway.get("unknown.example", "/").status()).isEqualTo(404);
      assertThat(gateway.get("H2.example", "/").status()).isEqualTo(308);
      assertThat(gateway.get("h2.example:" + gateway.port(), "/").status()).isEqualTo(200);
      assertThat(fetched(gateway)).hasSize(3).contains(shardOf(gateway, "h2.example"));
      gateway.assertNothingRefused();
    }
  }

  /** Several hosts of a shard, each cold by itself, and a wildcard. */
  @Test
  void hostsThatShareAShardAreAllAnswered() {
    List<String> routes = hosts(20, "h", "");
    routes.add(route("wild", "").replace("wild.example", "\"*.w.example\""));
    try (Upstream orders = new Upstream("orders");
        RunningGateway gateway = gateway(orders, 2, routes)) {
      for (int i = 0; i < 20; i++) {
        assertThat(gateway.get("h%d.example".formatted(i), "/").status()).isEqualTo(200);
      }
      for (String host : List.of("a.w.example", "a.b.w.example")) {
        assertThat(gateway.get(host, "/").status()).isEqualTo(200);
      }
      assertThat(fetched(gateway)).hasSize(2);
    }
  }

  /** The chain of filters of a request is fixed before a cold shard is there. */
  @Test
  void aColdShardIsProtectedAsAWarmOne() throws Exception {
    ECKey key = JwtTrafficTest.key();
    String provider =
        """
        apiVersion: chancery.io/v1alpha1
        kind: IdentityProvider
        metadata: {name: login, namespace: shop}
        spec:
          issuer: https://login.shop.example
          audiences: [shop]
          jwks: {inline: '%s'}
          claimsToHeaders: [{claim: sub, header: X-User}]
        """
            .formatted(new JWKSet(key.toPublicJWK()));
    String token = JwtTrafficTest.signed(key, JwtTrafficTest.claims().build());
    List<String> objects = hosts(8, "s", ", policy: {jwt: {providers: [{name: login}]}}");
    objects.addAll(hosts(4, "p", ""));
    objects.add(provider);
    try (Upstream orders = new Upstream("orders");
        RunningGateway gateway = gateway(orders, 1_000, objects)) {
      for (String time : List.of("cold", "warm")) {
        assertThat(gateway.get("s0.example", "/").status()).as(time).isEqualTo(401);
        assertThat(post(gateway, "s1.example")).as(time).isEqualTo(401);
        assertThat(gateway.get("s2.example", "/", "Authorization: Bearer x.y.z").status())
            .as(time)
            .isEqualTo(401);
        assertThat(gateway.get("S3.example", "/").status()).as(time).isEqualTo(308);
        assertThat(orders.requests()).as(time).isZero();
      }
      for (String host : List.of("s0.example", "s4.example")) {
        RawHttp.Response passed = gateway.get(host, "/", token, "x-user: mallory");
        assertThat(passed.status()).as(host).isEqualTo(200);
        assertThat(passed.body().lines()).as(host).contains("x-user: ada");
      }
      assertThat(post(gateway, "s5.example", token)).isEqualTo(200);
      assertThat(gateway.get("p0.example", "/", "x-user: mallory").body())
          .doesNotContain("mallory");
      assertThat(gateway.get("p0.example", "/").status()).isEqualTo(200);
      gateway.assertNothingRefused();
    }
  }

  private static int post(RunningGateway gateway, String host, String... headers) {
    return RawHttp.post(gateway.port(), host, "/", "x".repeat(1_000), headers).status();
  }

  @Test
  void hostsMoveBetweenShardsAndNoRequestFails() {
    List<String> routes = hosts(20, "h", "");
    routes.add(route("a", ""));
    try (Upstream orders = new Upstream("orders");
        RunningGateway gateway = new RunningGateway(objects(orders, 64, routes))) {
      gateway.awaitStatus(200, "a.example", "/");
      try (SteadyTraffic traffic = new SteadyTraffic(gateway.port())) {
        for (int shards : List.of(7, 256)) {
          long before = gateway.plane().store().revision();
          gateway.write("base.yaml", String.join("---\n", objects(orders, shards, routes)));
          Awaitility.await().until(() -> gateway.plane().store().revision() > before);
          gateway.awaitSettled();
          traffic.awaitMore(50);
        }
        assertThat(traffic.stop()).as("failures of %d requests", traffic.count()).isEmpty();
      }
      assertThat(fetched(gateway)).containsExactly(shardOf(gateway, "a.example"));
      gateway.assertNothingRefused();
    }
  }

  @Test
  void hostsComeAndGo() {
    try (Upstream orders = new Upstream("orders");
        RunningGateway gateway = gateway(orders, 1_000, hosts(2, "h", ""))) {
      gateway.write("more.yaml", route("more", ""));
      gateway.awaitStatus(200, "more.example", "/");
      assertThat(fetched(gateway)).containsExactly(shardOf(gateway, "more.example"));
      gateway.delete("more.yaml");
      gateway.awaitStatus(404, "more.example", "/");
      Awaitility.await().until(() -> fetched(gateway).isEmpty());
      assertThat(gateway.get("h0.example", "/").status()).isEqualTo(200);
      gateway.write("more.yaml", route("more", ""));
      gateway.awaitStatus(200, "more.example", "/");
      gateway.assertNothingRefused();
    }
  }
}
