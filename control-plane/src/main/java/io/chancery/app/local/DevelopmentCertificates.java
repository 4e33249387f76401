package io.chancery.app.local;

import io.chancery.app.local.LocalRun.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Certificates for a try on one machine, issued by an authority of its own. All are kept and used
 * again while they are valid for a day or more, so that a client that trusts the authority need not
 * be told of a new one at each start.
 */
public final class DevelopmentCertificates {
  private static final Duration LEAST_LIFE_LEFT = Duration.ofDays(1);
  private static final String AUTHORITY = "ca";

  private final DevelopmentDirectory directory;
  private final InstantSource clock;
  private final IssuedCertificate authority;

  private DevelopmentCertificates(
      DevelopmentDirectory directory, InstantSource clock, IssuedCertificate authority) {
    this.directory = directory;
    this.clock = clock;
    this.authority = authority;
  }

  /**
   * Opens the kept authority, or makes one.
   *
   * @throws LocalRunException if the directory cannot be read or written
   */
  public static DevelopmentCertificates open(DevelopmentDirectory directory, InstantSource clock)
      throws LocalRunException {
    try {
      Optional<IssuedCertificate> kept =
          kept(
              directory,
              AUTHORITY,
              it -> it.isValidAt(clock.instant(), LEAST_LIFE_LEFT) && it.isIssuedBy(it));
      IssuedCertificate authority =
          kept.isPresent()
              ? kept.get()
              : keep(directory, AUTHORITY, new CertificateIssuer(clock.instant()).authority());
      return new DevelopmentCertificates(directory, clock, authority);
    } catch (IOException | GeneralSecurityException e) {
      throw failure(directory, e);
    }
  }

  /** The authority's certificate in PEM, for {@code curl --cacert}. */
  public Path authority() {
    return directory.file(AUTHORITY + ".crt");
  }

  /**
   * The kept certificate for these hosts, or a new one.
   *
   * @throws LocalRunException if the directory cannot be read or written
   */
  public KeyPairPem certificate(Certificate wanted) throws LocalRunException {
    String name = wanted.secret().namespace() + "." + wanted.secret().name();
    try {
      Optional<IssuedCertificate> kept = kept(directory, name, it -> fits(it, wanted));
      IssuedCertificate certificate =
          kept.isPresent()
              ? kept.get()
              : keep(
                  directory,
                  name,
                  new CertificateIssuer(clock.instant()).leaf(wanted.hosts(), authority));
      return certificate.pem();
    } catch (IOException | GeneralSecurityException e) {
      throw failure(directory, e);
    }
  }

  private boolean fits(IssuedCertificate kept, Certificate wanted) {
    return kept.isValidAt(clock.instant(), LEAST_LIFE_LEFT)
        && kept.isIssuedBy(authority)
        && kept.isFor(wanted.hosts());
  }

  /** What cannot be understood is made anew: a development key is worth no error. */
  private static Optional<IssuedCertificate> kept(
      DevelopmentDirectory directory, String name, Predicate<IssuedCertificate> fits)
      throws IOException {
    Path certificate = directory.file(name + ".crt");
    Path key = directory.file(name + ".key");
    if (!Files.exists(certificate) || !Files.exists(key)) {
      return Optional.empty();
    }
    try {
      KeyPairPem pem = new KeyPairPem(Files.readString(certificate), Files.readString(key));
      return Optional.of(IssuedCertificate.of(pem)).filter(fits);
    } catch (GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  private static IssuedCertificate keep(
      DevelopmentDirectory directory, String name, IssuedCertificate made)
      throws IOException, GeneralSecurityException {
    KeyPairPem pem = made.pem();
    directory.write(name + ".key", pem.key());
    directory.write(name + ".crt", pem.certificate());
    return made;
  }

  private static LocalRunException failure(DevelopmentDirectory directory, Exception cause) {
    return new LocalRunException(
        "cannot keep development certificates in " + directory.path() + ": " + cause.getMessage(),
        cause);
  }
}
