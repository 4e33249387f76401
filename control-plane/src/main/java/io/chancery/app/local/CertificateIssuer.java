package io.chancery.app.local;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates of elliptic-curve keys (P-256) from one moment on. */
final class CertificateIssuer {
  private static final X500Name AUTHORITY = new X500Name("CN=Chancery development authority");

  /** The host names stand in the alternative names; clients ignore this one. */
  private static final X500Name LEAF = new X500Name("CN=Chancery development");

  private static final Duration AUTHORITY_LIFE = Duration.ofDays(365);
  private static final Duration LEAF_LIFE = Duration.ofDays(90);

  /** Clocks of clients may be behind ours. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private static final int SERIAL_BITS = 127;

  private final SecureRandom random = new SecureRandom();
  private final Instant now;

  CertificateIssuer(Instant now) {
    this.now = now;
  }

  /** An authority that signs itself, and leaves only. */
  IssuedCertificate authority() throws GeneralSecurityException {
    KeyPair keys = keys();
    JcaX509v3CertificateBuilder certificate = builder(AUTHORITY, AUTHORITY, keys, AUTHORITY_LIFE);
    try {
      certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      certificate.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      certificate.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
    } catch (CertIOException e) {
      throw new GeneralSecurityException(e);
    }
    return signed(certificate, keys, keys.getPrivate());
  }

  /** A server certificate for the hosts. */
  IssuedCertificate leaf(List<String> hosts, IssuedCertificate authority)
      throws GeneralSecurityException {
    KeyPair keys = keys();
    JcaX509v3CertificateBuilder certificate = builder(AUTHORITY, LEAF, keys, LEAF_LIFE);
    try {
      certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      certificate.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      certificate.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      certificate.addExtension(Extension.subjectAlternativeName, false, names(hosts));
      certificate.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority.certificate()));
    } catch (CertIOException e) {
      throw new GeneralSecurityException(e);
    }
    return signed(certificate, keys, authority.key());
  }

  private static GeneralNames names(List<String> hosts) {
    return new GeneralNames(
        hosts.stream()
            .map(host ->
                new GeneralName(
                    HostText.isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName, host))
            .toArray(GeneralName[]::new));
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair keys, Duration life) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, random),
        Date.from(now.minus(CLOCK_SKEW)),
        Date.from(now.plus(life)),
        subject,
        keys.getPublic());
  }

  private static IssuedCertificate signed(
      JcaX509v3CertificateBuilder certificate, KeyPair keys, PrivateKey signer)
      throws GeneralSecurityException {
    try {
      var signature = new JcaContentSignerBuilder("SHA256withECDSA").build(signer);
      return new IssuedCertificate(
          new JcaX509CertificateConverter().getCertificate(certificate.build(signature)),
          keys.getPrivate());
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }
}
