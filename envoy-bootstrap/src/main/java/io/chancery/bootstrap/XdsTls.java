package io.chancery.bootstrap;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.core.v3.WatchedDirectory;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * mTLS towards the control plane, from files that somebody else renews: {@code tls.crt}, {@code
 * tls.key} and {@code ca.crt}, the names of a {@code kubernetes.io/tls} Secret. Envoy re-reads
 * certificates of its own only when they come by SDS, so two small SDS files point at them; they
 * never change, the certificates below them do.
 *
 * @param certificates directory of the three files, on the machine of the Envoy
 * @param secrets directory of the two SDS files, on the machine of the Envoy; may be the same
 */
public record XdsTls(Path certificates, Path secrets) {
  private static final String IDENTITY = "xds-identity";
  private static final String AUTHORITY = "xds-authority";

  /** Everything in one directory. */
  public XdsTls(Path directory) {
    this(directory, directory);
  }

  /** Content of the SDS files by file name; they belong into {@link #secrets}. */
  public SortedMap<String, String> secretFiles() {
    TreeMap<String, String> files = new TreeMap<>();
    files.put(
        fileName(IDENTITY),
        document(Secret.newBuilder().setName(IDENTITY).setTlsCertificate(identity())));
    files.put(
        fileName(AUTHORITY),
        document(Secret.newBuilder().setName(AUTHORITY).setValidationContext(authority())));
    return files;
  }

  /**
   * The transport socket of the xDS cluster. The server must show a certificate for one of the
   * addresses.
   */
  TransportSocket socket(List<XdsAddress> servers) {
    UpstreamTlsContext.Builder tls = UpstreamTlsContext.newBuilder();
    servers.stream()
        .filter(server -> !server.isNumeric())
        .findFirst()
        .ifPresent(server -> tls.setSni(server.host()));
    CommonTlsContext.Builder common = tls.getCommonTlsContextBuilder().addAlpnProtocols("h2");
    common.getTlsParamsBuilder().setTlsMinimumProtocolVersion(TlsParameters.TlsProtocol.TLSv1_2);
    common.addTlsCertificateSdsSecretConfigs(reference(IDENTITY));
    CertificateValidationContext.Builder expected =
        common.getCombinedValidationContextBuilder().getDefaultValidationContextBuilder();
    servers.forEach(server -> expected.addMatchTypedSubjectAltNames(name(server)));
    common
        .getCombinedValidationContextBuilder()
        .setValidationContextSdsSecretConfig(reference(AUTHORITY));
    return TransportSocket.newBuilder()
        .setName("envoy.transport_sockets.tls")
        .setTypedConfig(Any.pack(tls.build()))
        .build();
  }

  private static SubjectAltNameMatcher name(XdsAddress server) {
    SubjectAltNameMatcher.Builder name = SubjectAltNameMatcher.newBuilder();
    name.setSanType(
        server.isNumeric()
            ? SubjectAltNameMatcher.SanType.IP_ADDRESS
            : SubjectAltNameMatcher.SanType.DNS);
    name.getMatcherBuilder().setExact(server.host());
    return name.build();
  }

  private SdsSecretConfig reference(String name) {
    ConfigSource.Builder source = ConfigSource.newBuilder();
    source.getPathConfigSourceBuilder().setPath(secrets.resolve(fileName(name)).toString());
    source.getPathConfigSourceBuilder().setWatchedDirectory(watched(secrets));
    return SdsSecretConfig.newBuilder().setName(name).setSdsConfig(source).build();
  }

  private TlsCertificate identity() {
    return TlsCertificate.newBuilder()
        .setCertificateChain(file("tls.crt"))
        .setPrivateKey(file("tls.key"))
        .setWatchedDirectory(watched(certificates))
        .build();
  }

  private CertificateValidationContext authority() {
    return CertificateValidationContext.newBuilder()
        .setTrustedCa(file("ca.crt"))
        .setWatchedDirectory(watched(certificates))
        .build();
  }

  private DataSource file(String name) {
    return DataSource.newBuilder().setFilename(certificates.resolve(name).toString()).build();
  }

  private static WatchedDirectory watched(Path directory) {
    return WatchedDirectory.newBuilder().setPath(directory.toString()).build();
  }

  private static String fileName(String secret) {
    return secret + ".yaml";
  }

  private static String document(Secret.Builder secret) {
    return ProtoYaml.print(
        DiscoveryResponse.newBuilder().addResources(Any.pack(secret.build())).build());
  }
}
