package io.chancery.policy.jwt;

import com.google.protobuf.Any;
import io.chancery.model.IdentityProvider;
import io.chancery.model.IdentityProvider.KeySet;
import io.chancery.model.Ref;
import io.chancery.policy.ClusterDefaults;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.Optional;
import java.util.Set;

/** The servers from which Envoy fetches public keys. */
final class KeyServers {
  /** Debian, Alpine and Envoy's own images keep the public authorities here. */
  private static final String SYSTEM_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt";

  private static final long RESOLVE_MILLIS = 30_000;

  private KeyServers() {}

  static String clusterName(Ref provider) {
    return provider.kind() + "/" + provider.namespace() + "/" + provider.name() + "/jwks";
  }

  /** Empty if the keys are known and need no server. */
  static Optional<Resource> cluster(IdentityProvider provider) {
    return switch (provider.keys()) {
      case KeySet.Inline _ -> Optional.empty();
      case KeySet.Remote remote -> Optional.of(cluster(provider.ref(), remote));
    };
  }

  private static Resource cluster(Ref provider, KeySet.Remote remote) {
    String name = clusterName(provider);
    Cluster.Builder cluster = ClusterDefaults.cluster(name, false);
    ClusterDefaults.resolve(cluster, unbracketed(remote.host()), remote.port(), RESOLVE_MILLIS);
    if (remote.tls()) {
      cluster.setTransportSocket(tls(remote.host()));
    }
    return Resource.of(ResourceKind.CLUSTER, name, cluster.build(), Set.of(provider));
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static TransportSocket tls(String host) {
    CertificateValidationContext trust =
        CertificateValidationContext.newBuilder()
            .setTrustedCa(DataSource.newBuilder().setFilename(SYSTEM_AUTHORITIES))
            .addMatchTypedSubjectAltNames(
                SubjectAltNameMatcher.newBuilder()
                    .setSanType(SubjectAltNameMatcher.SanType.DNS)
                    .setMatcher(StringMatcher.newBuilder().setExact(host)))
            .build();
    UpstreamTlsContext context =
        UpstreamTlsContext.newBuilder()
            .setSni(host)
            .setCommonTlsContext(CommonTlsContext.newBuilder().setValidationContext(trust))
            .build();
    return TransportSocket.newBuilder()
        .setName("envoy.transport_sockets.tls")
        .setTypedConfig(Any.pack(context))
        .build();
  }
}
