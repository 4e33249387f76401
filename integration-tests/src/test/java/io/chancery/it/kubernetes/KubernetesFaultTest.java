package io.chancery.it.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.source.ObjectTables;
import io.chancery.source.kubernetes.KindState;
import io.chancery.source.kubernetes.KubernetesScope;
import io.chancery.source.kubernetes.KubernetesSource;
import io.chancery.source.kubernetes.Timing;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can go wrong with an API server, and that nothing is lost by it. */
class KubernetesFaultTest {
  private static final Timing TIMING = new Timing(3_000, 200_000, 10_000);
  private static final String FLEETS = "fleets.chancery.io";

  private final ObjectTables tables = new ObjectTables();
  private final Seen seen = new Seen(tables);
  private final List<AutoCloseable> opened = new ArrayList<>();
  private ApiServer server;
  private @Nullable KubernetesSource source;

  @BeforeEach
  void start() throws IOException {
    server = ApiServer.own();
    opened.add(server::stop);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
  }

  private void open(String token) throws IOException {
    KubernetesClient client = KubernetesSourceTest.client(server, token);
    opened.add(client);
    KubernetesSource made = new KubernetesSource(client, KubernetesScope.ALL, tables, TIMING);
    opened.add(made);
    made.start(seen::accept);
    source = made;
  }

  @Test
  void definitionsMayComeAndGo() throws Exception {
    open(ApiServer.TOKEN);
    Awaitility.await().until(seen::hasFirst);
    assertThat(seen.fleets()).isEmpty();
    GatewayApi.installOwn(server);
    fleets(3, 1);
    await(fleetsOf(3, 1));
    server.kubectl("delete", "crd", FLEETS).ok();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(phase(FLEETS)).isEqualTo(KindState.Phase.LOST));
    assertThat(seen.problems()).contains("Unreadable").contains("not installed any more");
    assertThat(seen.fleets()).isEqualTo(fleetsOf(3, 1));
    GatewayApi.installOwn(server);
    fleets(3, 2);
    await(fleetsOf(3, 2));
    assertThat(seen.deletions()).isZero();
    assertThat(seen.problems()).isEmpty();
  }

  @Test
  void nothingIsServedWithoutPermissionAndNothingLostWithIt() throws Exception {
    GatewayApi.installOwn(server);
    fleets(2, 1);
    open(ApiServer.GATEWAY);
    Awaitility.await()
        .untilAsserted(() -> assertThat(phase(FLEETS)).isEqualTo(KindState.Phase.REFUSED));
    assertThat(seen.hasFirst()).isFalse();
    assertThat(source().waitingFor()).contains(FLEETS, "services");
    grant();
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(seen::hasFirst);
    assertThat(seen.fleets()).isEqualTo(fleetsOf(2, 1));
    server.kubectl("delete", "clusterrolebinding", "reader").ok();
    server.kill();
    server.restart(); // A watch that stands is not asked again whether it may.
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(seen.problems()).contains(FLEETS).contains("HTTP 403"));
    fleets(2, 3);
    grant();
    await(fleetsOf(2, 3));
    assertThat(seen.deletions()).isZero();
    Awaitility.await().untilAsserted(() -> assertThat(seen.problems()).isEmpty());
  }

  @Test
  void aServerMayDieAndForget() throws Exception {
    GatewayApi.installOwn(server);
    fleets(4, 1);
    open(ApiServer.TOKEN);
    await(fleetsOf(4, 1));
    server.kill();
    server.restart();
    fleets(4, 2);
    server.compact();
    await(fleetsOf(4, 2));
    server.kill();
    server.restart();
    server.kubectl("delete", "fleet", "fleet-3").ok();
    await(fleetsOf(3, 2));
    assertThat(seen.deletions()).isOne();
  }

  @Test
  void manyThatGoAtOnceGoWhenASecondListSaysSo() throws Exception {
    GatewayApi.installOwn(server);
    fleets(30, 1);
    open(ApiServer.TOKEN);
    await(fleetsOf(30, 1));
    server.kubectl("delete", "--raw", "/apis/chancery.io/v1alpha1/fleets").ok();
    Awaitility.await().until(() -> state(FLEETS).held() > 0);
    assertThat(seen.fleets()).hasSizeGreaterThan(20);
    await(Map.of());
    fleets(2, 1);
    server.kubectl("delete", "fleet", "fleet-0").ok();
    await(Map.of("fleet-1", 1));
  }

  @Test
  void ofTheSecretsOnlyThoseThatAreNamedAreRead() throws Exception {
    GatewayApi.install(server);
    for (String name : List.of("named", "private")) {
      server.kubectl("create", "secret", "generic", name, "--from-literal=a=b").ok();
    }
    server
        .apply(
            """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: edge}
            spec:
              gatewayClassName: chancery
              listeners:
              - {name: s, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: named}]}}
            """)
        .ok();
    open(ApiServer.TOKEN);
    Awaitility.await().until(seen::hasFirst);
    assertThat(state("secrets/named").objects()).isOne();
    assertThat(source().states())
        .extracting(KindState::what)
        .filteredOn(what -> what.startsWith("secrets"))
        .containsExactly("secrets/named");
    server.kubectl("delete", "gateway", "edge").ok();
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(source().states())
                .extracting(KindState::what)
                .noneMatch(what -> what.startsWith("secrets")));
  }

  private void grant() throws IOException {
    server
        .apply(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: reader}
            rules:
            - {apiGroups: ["", discovery.k8s.io, chancery.io], resources: ["*"], verbs: [list, watch]}
            - {apiGroups: [gateway.networking.k8s.io], resources: ["*"], verbs: [list, watch]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: reader}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
            subjects:
            - kind: User
              apiGroup: rbac.authorization.k8s.io
              name: "system:serviceaccount:chancery-system:chancery"
            """)
        .ok();
  }

  private void fleets(int count, int hops) throws IOException {
    server
        .apply(
            IntStream.range(0, count)
                .mapToObj(
                    """
                    apiVersion: chancery.io/v1alpha1
                    kind: Fleet
                    metadata: {name: fleet-%%d}
                    spec: {trustedHops: %d}
                    """
                            .formatted(hops)
                        ::formatted)
                .collect(Collectors.joining("---\n")))
        .ok();
  }

  private static Map<String, Integer> fleetsOf(int count, int hops) {
    return IntStream.range(0, count)
        .boxed()
        .collect(Collectors.toMap(number -> "fleet-" + number, _ -> hops));
  }

  private void await(Map<String, Integer> fleets) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(seen.fleets()).isEqualTo(fleets));
  }

  private KubernetesSource source() {
    return Objects.requireNonNull(source);
  }

  private KindState state(String what) {
    return source().states().stream()
        .filter(kind -> kind.what().equals(what))
        .findFirst()
        .orElseThrow();
  }

  private KindState.Phase phase(String what) {
    return state(what).phase();
  }
}
