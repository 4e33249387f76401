package io.chancery.compile;

import io.chancery.model.Ref;
import io.chancery.xds.Ads;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import java.util.List;

/** TLS towards clients. */
final class DownstreamTls {
  private DownstreamTls() {}

  /** Name of the secret that holds a certificate. */
  static String secretName(Ref secret) {
    return secret.namespace() + "/" + secret.name();
  }

  /**
   * One context with all certificates; Envoy chooses among them by the name that the client asks
   * for.
   */
  static DownstreamTlsContext context(List<Ref> certificates) {
    CommonTlsContext.Builder common =
        CommonTlsContext.newBuilder()
            .setTlsParams(
                TlsParameters.newBuilder()
                    .setTlsMinimumProtocolVersion(TlsParameters.TlsProtocol.TLSv1_2))
            .addAlpnProtocols("h2")
            .addAlpnProtocols("http/1.1");
    certificates.stream()
        .distinct()
        .forEach(secret ->
            common.addTlsCertificateSdsSecretConfigs(
                SdsSecretConfig.newBuilder().setName(secretName(secret)).setSdsConfig(Ads.SOURCE)));
    return DownstreamTlsContext.newBuilder()
        .setCommonTlsContext(common)
        // Ticket keys that nobody rotates would outlive every certificate.
        .setDisableStatelessSessionResumption(true)
        .build();
  }
}
