package io.chancery.it;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Self-signed certificates, as Secrets. */
final class TestCertificate {
  private TestCertificate() {}

  /** A Secret with a certificate of this common name. */
  static String secret(String name, String commonName) throws Exception {
    KeyPair keys = keys();
    return secret(name, certificate(keys, commonName), keys.getPrivate());
  }

  /** A Secret whose key is not that of its certificate. */
  static String mismatched(String name) throws Exception {
    return secret(name, certificate(keys(), "mismatched"), keys().getPrivate());
  }

  private static KeyPair keys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X509Certificate certificate(KeyPair keys, String commonName) throws Exception {
    X500Principal subject = new X500Principal("CN=" + commonName);
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            subject,
            BigInteger.ONE,
            Date.from(now.minusSeconds(60)),
            Date.from(now.plusSeconds(86_400)),
            subject,
            keys.getPublic());
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  private static String secret(String name, X509Certificate certificate, PrivateKey key)
      throws Exception {
    return """
    apiVersion: v1
    kind: Secret
    metadata: {name: %s, namespace: shop}
    type: kubernetes.io/tls
    stringData:
      tls.crt: |
    %s
      tls.key: |
    %s
    """
        .formatted(
            name,
            pem("CERTIFICATE", certificate.getEncoded()).indent(4).stripTrailing(),
            pem("PRIVATE KEY", key.getEncoded()).indent(4).stripTrailing());
  }

  private static String pem(String type, byte[] bytes) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----";
  }
}
