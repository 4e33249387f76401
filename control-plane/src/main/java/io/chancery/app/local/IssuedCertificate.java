package io.chancery.app.local;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A certificate with its private key.
 *
 * @param certificate of the key
 * @param key of the certificate
 */
record IssuedCertificate(X509Certificate certificate, PrivateKey key) {
  static IssuedCertificate of(KeyPairPem pem) throws GeneralSecurityException {
    return new IssuedCertificate(Pem.certificate(pem.certificate()), Pem.key(pem.key()));
  }

  KeyPairPem pem() throws GeneralSecurityException {
    return new KeyPairPem(Pem.of(certificate), Pem.of(key));
  }

  boolean isValidAt(Instant from, Duration atLeast) {
    return !certificate.getNotBefore().toInstant().isAfter(from)
        && !certificate.getNotAfter().toInstant().isBefore(from.plus(atLeast));
  }

  boolean isIssuedBy(IssuedCertificate issuer) {
    try {
      certificate.verify(issuer.certificate().getPublicKey());
      return true;
    } catch (GeneralSecurityException _) {
      return false; // Another authority: its key was removed or renewed in the meantime.
    }
  }

  /** Names are compared as sets: their order means nothing. */
  boolean isFor(List<String> hosts) {
    Set<String> expected = hosts.stream().map(HostText::canonical).collect(Collectors.toSet());
    return names().equals(expected);
  }

  /** The alternative names, whatever their type. */
  private Set<String> names() {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? Set.of()
          : names.stream().map(name -> String.valueOf(name.get(1))).collect(Collectors.toSet());
    } catch (CertificateParsingException _) {
      return Set.of(); // Not ours, then; it fits no hosts.
    }
  }
}
