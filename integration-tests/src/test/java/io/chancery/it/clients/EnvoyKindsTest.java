package io.chancery.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.it.TestAuthority;
import io.chancery.xds.ResourceKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ECDS, SDS, RTDS and SRDS on the aggregated stream of a real Envoy. */
class EnvoyKindsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String RESOURCES =
      """
      dynamic_resources:
        ads_config:
          api_type: API_TYPE
          transport_api_version: V3
          grpc_services: [{envoy_grpc: {cluster_name: xds}}]
        cds_config: {ads: {}, resource_api_version: V3}
        lds_config: {ads: {}, resource_api_version: V3}
      layered_runtime:
        layers:
        - name: served
          rtds_layer: {name: layer, rtds_config: {ads: {}, resource_api_version: V3}}
      """;

  private final Served served = new Served();
  private final int port = EnvoyClient.freePort();
  @TempDir private Path directory;
  private Kinds.Content first;
  private Kinds.Content second;
  private @Nullable EnvoyClient envoy;

  @BeforeEach
  void issue() throws Exception {
    TestAuthority authority = new TestAuthority();
    first = new Kinds.Content("a", false, "one", issue(authority, "first"));
    second = new Kinds.Content("b", true, "two", issue(authority, "second"));
  }

  private void start(String apiType) throws Exception {
    envoy =
        EnvoyClient.start(directory, served.port(), port, RESOURCES.replace("API_TYPE", apiType));
    Kinds.base(served, port);
    publish(first);
    awaitSeen(first);
  }

  private Path issue(TestAuthority authority, String name) throws Exception {
    return authority.issue(directory.resolve(name), TestAuthority.loopback());
  }

  @AfterEach
  void stop() {
    if (envoy != null) {
      envoy.close();
    }
    served.close();
  }

  private void publish(Kinds.Content content) {
    content.putInto(served);
    served.publish();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELTA_GRPC", "GRPC"})
  void followsAChange(String apiType) throws Exception {
    start(apiType);
    publish(second);
    awaitSeen(second);
    publish(first);
    awaitSeen(first);
    assertThat(served.heldInVain()).isEmpty();
    nothingWasRefused();
  }

  /**
   * Without a scope there is no route, and without the filter's configuration no answer but 500.
   * Born again, all of them count, equal or not.
   */
  @ParameterizedTest
  @ValueSource(strings = {"DELTA_GRPC", "GRPC"})
  void followsARemoval(String apiType) throws Exception {
    start(apiType);
    Kinds.remove(served);
    served.publish();
    awaitGone();
    publish(second);
    awaitSeen(second);
    Kinds.remove(served);
    served.publish();
    awaitGone();
    publish(second);
    awaitSeen(second);
    nothingWasRefused();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELTA_GRPC", "GRPC"})
  void survivesALostConnection(String apiType) throws Exception {
    start(apiType);
    int before = served.connections();
    served.cut();
    publish(second);
    await().atMost(LIMIT).until(() -> served.connections() > before);
    awaitSeen(second);
    publish(first);
    awaitSeen(first);
    nothingWasRefused();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELTA_GRPC", "GRPC"})
  void survivesARestart(String apiType) throws Exception {
    start(apiType);
    served.restart(() -> publish(second));
    awaitSeen(second);
    publish(first);
    awaitSeen(first);
    nothingWasRefused();
  }

  private void nothingWasRefused() {
    await()
        .atMost(LIMIT)
        .until(() ->
            served.isAccepted(
                ResourceKind.LISTENER,
                ResourceKind.EXTENSION_CONFIG,
                ResourceKind.RUNTIME,
                ResourceKind.SCOPED_ROUTES,
                ResourceKind.SECRET));
    assertThat(served.refusals()).isEmpty();
  }

  private void awaitGone() {
    await().atMost(LIMIT).until(() -> see().matches("(?s)HTTP/1.1 (404|500) .*"));
  }

  private void awaitSeen(Kinds.Content content) throws Exception {
    String expected =
        "HTTP/1.1 200 "
            + serial(Files.readAllBytes(content.certificate().resolve("tls.crt")))
            + " "
            + content.header()
            + " "
            + content.answer();
    await().atMost(LIMIT).until(this::see, expected::equals);
  }

  private static String serial(byte[] certificate) throws Exception {
    X509Certificate read =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate));
    return read.getSerialNumber().toString();
  }

  /** Status, serial number of the certificate, header and body that a new connection gets. */
  private String see() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anyone()}, null);
    try (SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(java.net.InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: shop\r\nx-scope: all\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      String header =
          text.lines()
              .filter(line -> line.startsWith(Kinds.HEADER + ": "))
              .map(line -> line.substring(Kinds.HEADER.length() + 2))
              .findFirst()
              .orElse("-");
      return "%s %s %s %s"
          .formatted(
              text.substring(0, Math.min(12, text.length())),
              shown.getSerialNumber(),
              header,
              text.substring(text.indexOf("\r\n\r\n") + 4));
    } catch (IOException cause) {
      return cause.toString();
    }
  }

  /** Whose certificate it is, is what is looked at. */
  private static final class Anyone implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
