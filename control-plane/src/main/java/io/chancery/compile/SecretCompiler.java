package io.chancery.compile;

import io.chancery.model.Certificate;
import io.chancery.model.Ref;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import java.util.Set;

/** Certificates as Envoy's secrets. */
final class SecretCompiler {
  private SecretCompiler() {}

  static Resource compile(Ref ref, Certificate certificate) {
    String name = DownstreamTls.secretName(ref);
    Secret secret =
        Secret.newBuilder()
            .setName(name)
            .setTlsCertificate(
                TlsCertificate.newBuilder()
                    .setCertificateChain(
                        DataSource.newBuilder().setInlineString(certificate.chain()))
                    .setPrivateKey(
                        DataSource.newBuilder().setInlineString(certificate.privateKey())))
            .build();
    return Resource.of(ResourceKind.SECRET, name, secret, Set.of(ref));
  }
}
