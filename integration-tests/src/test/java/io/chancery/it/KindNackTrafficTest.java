package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.chancery.model.Condition;
import io.chancery.model.Ref;
import io.chancery.snapshot.NodeState;
import io.chancery.status.ObjectReport;
import io.chancery.stream.XdsMetrics;
import io.chancery.xds.ResourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A resource of any kind but routes that an Envoy refuses harms nothing else, and heals. */
class KindNackTrafficTest {
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

  /**
   * A fault, and what has it.
   *
   * @param name of the fault, and of the object
   * @param source kind of the object, if it has a status
   * @param objects that bring the fault in
   */
  record Case(String name, Optional<String> source, String objects) {
    ResourceKind kind() {
      String id = name.substring(0, name.lastIndexOf('-'));
      return ResourceKind.ALL.stream()
          .filter(kind -> kind.id().equalsIgnoreCase(id))
          .findFirst()
          .orElseThrow();
    }

    String says() {
      return NackCorpus.of(kind().id())
          .get(Integer.parseInt(name.substring(name.lastIndexOf('-') + 1)))
          .says();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void start() {
    orders = new Upstream("orders");
    gateway =
        new RunningGateway(
            FAULTS,
            COUNTS,
            """
            apiVersion: chancery.io/v1alpha1
            kind: Fleet
            metadata: {name: default}
            spec: {routeTables: {type: Scoped, scoped: {shards: 4}}}
            """,
            RunningGateway.GATEWAY,
            orders.asService("orders"),
            route("steady", "edge", "a.example", "/"));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    orders.close();
  }

  static List<Case> cases() throws Exception {
    return List.of(
        new Case("clusters-1", Optional.of("Backend"), backend("clusters-1")),
        new Case("clusters-6", Optional.of("Backend"), backend("clusters-6")),
        new Case("endpoints-0", Optional.of("Backend"), backend("endpoints-0")),
        new Case("endpoints-2", Optional.of("Backend"), backend("endpoints-2")),
        new Case(
            "extensionconfigs-2", Optional.of("IdentityProvider"), login("extensionconfigs-2")),
        new Case(
            "extensionconfigs-3", Optional.of("IdentityProvider"), login("extensionconfigs-3")),
        new Case("listeners-1", Optional.of("Gateway"), plain("listeners-1")),
        new Case("listeners-7", Optional.of("Gateway"), plain("listeners-7")),
        new Case("scopedroutes-1", Optional.of("Gateway"), plain("scopedroutes-1")),
        new Case("scopedroutes-2", Optional.of("Gateway"), plain("scopedroutes-2")),
        new Case("secrets-0", Optional.empty(), secure("secrets-0")),
        new Case("secrets-1", Optional.empty(), secure("secrets-1")));
  }

  private static String backend(String name) {
    return """
    apiVersion: chancery.io/v1alpha1
    kind: Backend
    metadata: {name: %1$s, namespace: shop}
    spec: {static: {endpoints: [{address: 127.0.0.1, port: %2$d}]}}
    ---
    apiVersion: chancery.io/v1alpha1
    kind: Route
    metadata: {name: %1$s, namespace: shop}
    spec:
      parentRefs: [{name: edge}]
      hostnames: [new.example]
      rules: [{backendRefs: [{group: chancery.io, kind: Backend, name: %1$s}]}]
    """
        .formatted(name, orders.port());
  }

  private static String login(String name) throws Exception {
    String keys = new JWKSet(new ECKeyGenerator(Curve.P_256).generate().toPublicJWK()).toString();
    return """
    apiVersion: chancery.io/v1alpha1
    kind: IdentityProvider
    metadata: {name: %1$s, namespace: shop}
    spec: {issuer: https://login.example, audiences: [shop], jwks: {inline: '%2$s'}}
    ---
    apiVersion: chancery.io/v1alpha1
    kind: Route
    metadata: {name: %1$s, namespace: shop}
    spec:
      parentRefs: [{name: edge}]
      hostnames: [new.example]
      rules:
      - matches: [{path: {value: /closed}}]
        backendRefs: [{name: orders, port: 80}]
        policy: {jwt: {providers: [{name: %1$s}]}}
    """
        .formatted(name, keys);
  }

  private static String plain(String name) {
    int port = RunningGateway.freePort();
    return gateway(name, "- {name: http, port: %d, protocol: HTTP}".formatted(port));
  }

  private static String secure(String name) throws Exception {
    int port = RunningGateway.freePort();
    String listener =
        "- {name: https, port: %d, protocol: HTTPS, tls: {certificateRefs: [{name: %s}]}}"
            .formatted(port, name);
    return gateway(name, listener) + "---\n" + TestCertificate.secret(name, "new");
  }

  private static String gateway(String name, String listener) {
    return """
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: {name: %s, namespace: shop}
    spec:
      gatewayClassName: chancery
      addresses: [{value: 127.0.0.1}]
      listeners:
      %s
    ---
    """
            .formatted(name, listener)
        + route(name, name, "new.example", "/");
  }

  private static String route(String name, String parent, String host, String path) {
    return """
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: %s, namespace: shop}
    spec:
      parentRefs: [{name: %s}]
      hostnames: [%s]
      rules: [{matches: [{path: {value: %s}}], backendRefs: [{name: orders, port: 80}]}]
    """
        .formatted(name, parent, host, path);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void harmsNothingElseAndHeals(Case one) {
    int before = COUNTS.nacks.get();
    FAULTS.arm(one.name);
    try (SteadyTraffic traffic = new SteadyTraffic(gateway.port())) {
      gateway.write("new.yaml", one.objects);
      awaitRefused(one);
      assertOthersGoOn();
      assertNoLoop(before);

      FAULTS.disarm(one.name);
      gateway.delete("new.yaml");
      awaitRejected(Set.of());
      gateway.write("new.yaml", one.objects);
      awaitHealed(one);
      assertThat(traffic.stop()).as("failures of %d requests", traffic.count()).isEmpty();
    } finally {
      FAULTS.disarm(one.name);
      gateway.delete("new.yaml");
      awaitRejected(Set.of());
    }
  }

  private static void awaitRefused(Case one) {
    awaitRejected(Set.of(one.kind()));
    assertThat(state(one.kind()).lastNack().orElseThrow().detail()).contains(one.says());
    one.source.ifPresent(kind ->
        await(() -> {
          Condition condition = programmed(kind, one.name);
          assertThat(condition.reason()).isEqualTo("Rejected");
          assertThat(condition.message()).contains(one.says());
        }));
  }

  private static void awaitHealed(Case one) {
    gateway.awaitSettled();
    one.source.ifPresent(kind -> awaitProgrammed(kind, one.name));
    gateway.assertNothingRefused();
  }

  /** A change of a route and a new host are served, whatever else there is. */
  private static void assertOthersGoOn() {
    String name = "edit-" + ++edits;
    gateway.write(
        "edited.yaml", route("edited", "edge", "a.example, " + name + ".example", "/" + name));
    gateway.awaitStatus(200, name + ".example", "/" + name);
    awaitProgrammed("HTTPRoute", "edited");
  }

  private static void awaitProgrammed(String kind, String name) {
    await(() -> assertThat(programmed(kind, name).status()).isEqualTo(Condition.Status.TRUE));
  }

  private static void await(ThrowingRunnable assertion) {
    Awaitility.await().atMost(LIMIT).ignoreExceptions().untilAsserted(assertion);
  }

  /** What is refused is not offered again, and nothing else is, when nothing changes. */
  private static void assertNoLoop(int nacksBefore) {
    gateway.awaitSettled();
    int pushes = COUNTS.pushes.get();
    Awaitility.await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(3))
        .until(() -> COUNTS.pushes.get() == pushes);
    assertThat(COUNTS.nacks.get() - nacksBefore).isBetween(1, 4);
  }

  private static void awaitRejected(Set<ResourceKind> kinds) {
    await(() ->
        assertThat(
                gateway.plane().nodes().nodes().getFirst().kinds().entrySet().stream()
                    .filter(kind -> !kind.getValue().rejected().isEmpty())
                    .map(kind -> kind.getKey())
                    .collect(Collectors.toSet()))
            .isEqualTo(kinds));
  }

  private static NodeState.KindState state(ResourceKind kind) {
    return gateway.plane().nodes().nodes().getFirst().kind(kind).orElseThrow();
  }

  /** The condition {@code Programmed} of an object, as a whole or at its first parent. */
  private static Condition programmed(String kind, String name) {
    ObjectReport report = gateway.plane().board().report(new Ref(kind, "shop", name)).orElseThrow();
    return Stream.concat(
            report.status().conditions().stream(),
            report.status().parents().stream().flatMap(parent -> parent.conditions().stream()))
        .filter(condition -> condition.type().equals("Programmed"))
        .findFirst()
        .orElseThrow();
  }
}
