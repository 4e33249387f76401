package io.chancery.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.envoyproxy.envoy.config.bootstrap.v3.RuntimeLayer;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.ApiConfigSource.ApiType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {
  private static final Path SOCKET = Path.of("/tmp/chancery-test/admin.sock");
  private static final NodeIdentity NODE = new NodeIdentity("default", "edge-1");
  private static final List<XdsAddress> LOOPBACK = List.of(new XdsAddress("127.0.0.1", 18_000));

  @TempDir Path directory;

  @Test
  void asksForDeltaAdsAndNothingElse() {
    var message = new Bootstrap(NODE, LOOPBACK, SOCKET).message();
    assertThat(message.getDynamicResources().getAdsConfig().getApiType())
        .isEqualTo(ApiType.DELTA_GRPC);
    assertThat(message.getDynamicResources().getAdsConfig().getSetNodeOnFirstMessageOnly())
        .isTrue();
    assertThat(message.getDynamicResources().getLdsConfig().hasAds()).isTrue();
    assertThat(message.getDynamicResources().getCdsConfig().getInitialFetchTimeout().getSeconds())
        .isEqualTo(15);
    assertThat(message.getStaticResources().getListenersCount()).isZero();
  }

  @Test
  void keepsTheAdminInterfaceOffTcp() {
    var admin = new Bootstrap(NODE, LOOPBACK, SOCKET).message().getAdmin();
    assertThat(admin.getAddress().getPipe().getPath()).isEqualTo(SOCKET.toString());
    assertThat(admin.getAddress().getPipe().getMode()).isEqualTo(0600);
  }

  @Test
  void theFleetCannotChangeWhatIsFixed() {
    List<RuntimeLayer> layers =
        new Bootstrap(NODE, LOOPBACK, SOCKET).message().getLayeredRuntime().getLayersList();
    assertThat(layers)
        .extracting(RuntimeLayer::getName)
        .containsExactly("fleet", "static", "admin");
    assertThat(layers.getFirst().getRtdsLayer().getName()).isEqualTo("fleet");
    assertThat(layers.get(1).getStaticLayer().getFieldsMap())
        .containsKey("envoy.reloadable_features.oauth2_use_gcm_encryption");
  }

  @Test
  void resolvesNamesOnlyWhereThereAreNames() {
    List<XdsAddress> named =
        List.of(new XdsAddress("127.0.0.1", 1), new XdsAddress("xds.example", 2));
    assertThat(xdsCluster(LOOPBACK).getType()).isEqualTo(Cluster.DiscoveryType.STATIC);
    assertThat(xdsCluster(named).getType()).isEqualTo(Cluster.DiscoveryType.STRICT_DNS);
    assertThat(xdsCluster(named).getLoadAssignment().getEndpoints(0).getLbEndpointsCount())
        .isEqualTo(2);
  }

  private static Cluster xdsCluster(List<XdsAddress> servers) {
    return new Bootstrap(NODE, servers, SOCKET).message().getStaticResources().getClusters(0);
  }

  @Test
  void refusesASocketPathThatNoSystemTakes() {
    Path deep = Path.of("/tmp/" + "d".repeat(100) + "/admin.sock");
    assertThatThrownBy(() -> new Bootstrap(NODE, LOOPBACK, deep))
        .hasMessageContaining(deep.toString())
        .hasMessageContaining("116 bytes")
        .hasMessageContaining("103");
  }

  @Test
  void refusesABootstrapWithoutServer() {
    assertThatThrownBy(() -> new Bootstrap(NODE, List.of(), SOCKET))
        .hasMessageContaining("HOST:PORT");
  }

  @Test
  void refusesANamelessNode() {
    assertThatThrownBy(() -> new NodeIdentity(" ", "edge-1")).hasMessageContaining("fleet");
    assertThatThrownBy(() -> new NodeIdentity("default", "")).hasMessageContaining("id");
  }

  @Test
  void printsTheSameTextForTheSameValues() {
    assertThat(new Bootstrap(NODE, LOOPBACK, SOCKET).yaml())
        .isEqualTo(new Bootstrap(NODE, LOOPBACK, SOCKET).yaml());
  }

  static Stream<Bootstrap> variants() {
    NodeIdentity placed =
        new NodeIdentity("eu", "edge-2", Optional.of(new NodeIdentity.Place("eu", "eu-1a")));
    List<XdsAddress> several =
        List.of(new XdsAddress("localhost", 18_000), new XdsAddress("::1", 18_001));
    return Stream.of(
        new Bootstrap(NODE, LOOPBACK, SOCKET),
        new Bootstrap(placed, several, SOCKET),
        new Bootstrap(NODE, LOOPBACK, Optional.empty(), SOCKET, OptionalLong.of(900L << 20)));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void isAcceptedByEnvoy(Bootstrap bootstrap) throws IOException {
    assertThatEnvoyAccepts(bootstrap);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no",
        "y",
        "ON",
        "null",
        "~",
        "0x10",
        "007",
        "1e3",
        ".5",
        "- a",
        "a: b",
        "#x",
        "ü\"\\\n\u0000"
      })
  void survivesNamesThatYamlReadsAsSomethingElse(String name) throws IOException {
    assertThatEnvoyAccepts(new Bootstrap(new NodeIdentity(name, name), LOOPBACK, SOCKET));
  }

  @Test
  void isAcceptedByEnvoyWithCertificates() throws IOException {
    XdsTls tls = TestCertificates.write(directory);
    for (Map.Entry<String, String> file : tls.secretFiles().entrySet()) {
      Files.writeString(directory.resolve(file.getKey()), file.getValue());
    }
    List<XdsAddress> servers =
        List.of(new XdsAddress("xds.example", 18_000), new XdsAddress("10.0.0.1", 18_000));
    assertThatEnvoyAccepts(
        new Bootstrap(NODE, servers, Optional.of(tls), SOCKET, OptionalLong.empty()));
  }

  private void assertThatEnvoyAccepts(Bootstrap bootstrap) throws IOException {
    Path file = Files.writeString(directory.resolve("bootstrap.yaml"), bootstrap.yaml());
    String envoy = TestEnvoy.binary().path().toString();
    Command.Outcome outcome =
        Command.run(
            List.of(envoy, "--mode", "validate", "-c", file.toString()), Duration.ofSeconds(60));
    assertThat(outcome.output())
        .contains("' OK")
        .doesNotContain("[error]", "unknown field", "Deprecated");
    assertThat(outcome.status()).isZero();
  }
}
