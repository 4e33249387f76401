package io.chancery.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.chancery.xds.Packing;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.GenericSecret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsSessionTicketKeys;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResourcePrinterTest {
  private static final String CANARY = "canary-7f3a-yellow-bird";

  private final ResourcePrinter printer = new ResourcePrinter();

  @Test
  void showsFieldsAsEnvoyNamesThem() {
    Cluster cluster = Cluster.newBuilder().setName("orders").setAltStatName("o").build();

    assertThat(printer.toYaml(resource(ResourceKind.CLUSTER, cluster)))
        .isEqualTo("name: orders\nalt_stat_name: o\n");
  }

  @Test
  void looksIntoKnownTypes() {
    Any manager = Packing.any(HttpConnectionManager.newBuilder().setStatPrefix("edge").build());
    Listener listener =
        Listener.newBuilder()
            .addFilterChains(
                FilterChain.newBuilder().addFilters(Filter.newBuilder().setTypedConfig(manager)))
            .build();

    assertThat(printer.toYaml(resource(ResourceKind.LISTENER, listener)))
        .contains("http_connection_manager.v3.HttpConnectionManager")
        .contains("stat_prefix: edge");
  }

  @Test
  void showsTypeAndSizeOfUnknownTypesOnly() {
    Any unknown =
        Any.newBuilder()
            .setTypeUrl("type.googleapis.com/acme.Thing")
            .setValue(ByteString.copyFromUtf8(CANARY))
            .build();

    assertThat(printer.toTree(extension(unknown)))
        .isEqualTo(
            Map.of(
                "name",
                "x",
                "typed_config",
                Map.of(
                    "@type",
                    "type.googleapis.com/google.protobuf.Struct",
                    "value",
                    Map.of(
                        "type_url", "type.googleapis.com/acme.Thing", "size", CANARY.length()))));
  }

  @Test
  void showsTypeAndSizeOfBytesThatAreNotOfTheirType() {
    Any broken =
        Any.newBuilder()
            .setTypeUrl(Packing.typeUrl(Cluster.getDefaultInstance()))
            .setValue(ByteString.copyFromUtf8(CANARY))
            .build();

    assertThat(printer.toJson(extension(broken))).contains("v3.Cluster", "size");
    assertNoCanary(extension(broken));
  }

  @Test
  void showsCertificatesWithoutTheirKeys() {
    Secret secret = Secret.newBuilder().setName("edge").setTlsCertificate(certificate()).build();

    assertThat(printer.toTree(resource(ResourceKind.SECRET, secret)))
        .isEqualTo(
            Map.of(
                "name",
                "edge",
                "tls_certificate",
                Map.of(
                    "certificate_chain",
                    Map.of("inline_string", "the chain"),
                    "private_key",
                    Map.of("inline_bytes", "[redacted]"),
                    "password",
                    Map.of("inline_string", "[redacted]"))));
  }

  @Test
  void letsNoSecretThrough() {
    DataSource bytes = DataSource.newBuilder().setInlineBytes(bytes()).build();
    Secret generic =
        Secret.newBuilder()
            .setGenericSecret(GenericSecret.newBuilder().setSecret(bytes).putSecrets(CANARY, bytes))
            .build();
    Secret tickets =
        Secret.newBuilder()
            .setSessionTicketKeys(TlsSessionTicketKeys.newBuilder().addKeys(bytes))
            .build();
    Secret tls = Secret.newBuilder().setTlsCertificate(certificate()).build();

    for (Secret secret : List.of(generic, tickets, tls)) {
      assertNoCanary(resource(ResourceKind.SECRET, secret));
      assertNoCanary(extension(Packing.any(secret)));
    }
  }

  @Test
  void letsNoSecretThroughOutOfAnAny() {
    DownstreamTlsContext context =
        DownstreamTlsContext.newBuilder()
            .setCommonTlsContext(CommonTlsContext.newBuilder().addTlsCertificates(certificate()))
            .build();
    Cluster cluster =
        Cluster.newBuilder()
            .setTransportSocket(TransportSocket.newBuilder().setTypedConfig(Packing.any(context)))
            .build();

    assertNoCanary(resource(ResourceKind.CLUSTER, cluster));
    assertNoCanary(extension(Packing.any(Packing.any(context))));
  }

  @Test
  void quotesStringsThatLookLikeSomethingElse() {
    Cluster cluster = Cluster.newBuilder().setName("12").setAltStatName("true").build();

    assertThat(printer.toYaml(resource(ResourceKind.CLUSTER, cluster)))
        .isEqualTo("name: '12'\nalt_stat_name: 'true'\n");
  }

  @Test
  void namesTheResourceWhoseBytesAreBroken() {
    Resource broken =
        Resource.of(ResourceKind.CLUSTER, "c", ByteString.copyFromUtf8(CANARY), Set.of());

    assertThatThrownBy(() -> printer.toTree(broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("clusters/c@")
        .hasMessageNotContaining(CANARY);
  }

  private void assertNoCanary(Resource resource) {
    String encoded = Base64.getEncoder().encodeToString(bytes().toByteArray());
    for (String text :
        List.of(
            printer.toYaml(resource),
            printer.toJson(resource),
            printer.toTree(resource).toString())) {
      assertThat(text).doesNotContain(CANARY).doesNotContain(encoded);
    }
  }

  private static TlsCertificate certificate() {
    return TlsCertificate.newBuilder()
        .setCertificateChain(DataSource.newBuilder().setInlineString("the chain"))
        .setPrivateKey(DataSource.newBuilder().setInlineBytes(bytes()))
        .setPassword(DataSource.newBuilder().setInlineString(CANARY))
        .build();
  }

  private static ByteString bytes() {
    return ByteString.copyFromUtf8(CANARY);
  }

  private static Resource extension(Any packed) {
    return resource(
        ResourceKind.EXTENSION_CONFIG,
        TypedExtensionConfig.newBuilder().setName("x").setTypedConfig(packed).build());
  }

  private static Resource resource(ResourceKind kind, Message message) {
    return Resource.of(kind, "r", message, Set.of());
  }
}
