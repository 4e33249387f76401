package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

/**
 * HTTPS listeners: certificates by name, rotation, and requests that came to the wrong listener.
 */
class TlsTrafficTest {
  static final String GATEWAY =
      RunningGateway.GATEWAY.replace(
          "- {name: http, port: ${port}, protocol: HTTP}",
          """
          - {name: wild, port: ${port}, protocol: HTTPS, hostname: "*.shop.example", tls: {certificateRefs: [{name: wild}]}}
            - {name: pay, port: ${port}, protocol: HTTPS, hostname: pay.shop.example, tls: {certificateRefs: [{name: pay}]}}
          """
              .stripTrailing());

  static final String ROUTE =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: orders, namespace: shop}
      spec:
        parentRefs: [{name: edge}]
        hostnames: [api.shop.example, pay.shop.example]
        rules: [{backendRefs: [{name: orders, port: 80}]}]
      """;

  /** Takes any certificate, and remembers it. */
  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  record Answer(String certificate, RawHttp.Response response) {}

  /** An answer over TLS to a client that takes any certificate. */
  static Answer get(int port, String serverName, String host)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Trusting()}, null);
    try (SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(serverName)));
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      X509Certificate leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return new Answer(
          leaf.getSubjectX500Principal().getName(), RawHttp.exchange(socket, "GET", host, "/"));
    }
  }

  @Test
  void eachListenerHasItsCertificateAndItsHosts() throws Exception {
    try (Upstream orders = new Upstream("orders");
        RunningGateway gateway =
            new RunningGateway(
                GATEWAY,
                ROUTE,
                TestCertificate.secret("wild", "wild-1"),
                TestCertificate.secret("pay", "pay-1"),
                orders.asService("orders"))) {
      Answer api = get(gateway.port(), "api.shop.example", "api.shop.example");
      assertThat(api.response().status()).isEqualTo(200);
      assertThat(api.certificate()).isEqualTo("CN=wild-1");
      Answer pay = get(gateway.port(), "pay.shop.example", "pay.shop.example");
      assertThat(pay.response().status()).isEqualTo(200);
      assertThat(pay.certificate()).isEqualTo("CN=pay-1");
      assertThat(get(gateway.port(), "api.shop.example", "pay.shop.example").response().status())
          .as("another listener's host")
          .isEqualTo(421);
      assertThat(get(gateway.port(), "api.shop.example", "other.shop.example").response().status())
          .isEqualTo(404);
      gateway.assertNothingRefused();
    }
  }

  @Test
  void aRotatedCertificateIsServedAndABrokenOneTakesNothingDown() throws Exception {
    try (Upstream orders = new Upstream("orders");
        RunningGateway gateway =
            new RunningGateway(
                GATEWAY,
                ROUTE,
                TestCertificate.secret("pay", "pay-1"),
                orders.asService("orders"))) {
      gateway.write("wild.yaml", TestCertificate.secret("wild", "wild-1"));
      org.awaitility.Awaitility.await()
          .ignoreExceptions()
          .until(() ->
              get(gateway.port(), "api.shop.example", "api.shop.example")
                  .certificate()
                  .equals("CN=wild-1"));
      gateway.write("wild.yaml", TestCertificate.secret("wild", "wild-2"));
      org.awaitility.Awaitility.await()
          .ignoreExceptions()
          .until(() ->
              get(gateway.port(), "api.shop.example", "api.shop.example")
                  .certificate()
                  .equals("CN=wild-2"));
      gateway.write("wild.yaml", TestCertificate.mismatched("wild"));
      org.awaitility.Awaitility.await().until(() -> !gateway.problems().isEmpty());
      gateway.awaitSettled();
      assertThat(get(gateway.port(), "pay.shop.example", "pay.shop.example").response().status())
          .isEqualTo(200);
      assertThat(get(gateway.port(), "api.shop.example", "api.shop.example").certificate())
          .as("the last good certificate")
          .isEqualTo("CN=wild-2");
      assertThat(gateway.problems())
          .singleElement()
          .asString()
          .endsWith(
              "does not belong to the certificate in tls.crt; the last good certificate serves");
      gateway.write("wild.yaml", TestCertificate.secret("wild", "wild-3"));
      org.awaitility.Awaitility.await()
          .ignoreExceptions()
          .until(() ->
              get(gateway.port(), "api.shop.example", "api.shop.example")
                  .certificate()
                  .equals("CN=wild-3"));
      assertThat(gateway.problems()).isEmpty();
      gateway.assertNothingRefused();
    }
  }
}
