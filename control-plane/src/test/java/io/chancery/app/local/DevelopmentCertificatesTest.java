package io.chancery.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.app.local.LocalRun.Certificate;
import io.chancery.app.local.LocalRun.SecretName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentCertificatesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Certificate SHOP =
      new Certificate(
          new SecretName("shop", "shop-tls"), List.of("*.shop.example", "::1", "127.0.0.1"));

  @TempDir Path data;
  private DevelopmentDirectory directory;

  @BeforeEach
  void open() throws Exception {
    directory = DevelopmentDirectory.in(data);
  }

  @Test
  void issuesWhatAServerNeeds() throws Exception {
    DevelopmentCertificates certificates = at(NOW);
    KeyPairPem pem = certificates.certificate(SHOP);
    X509Certificate authority = Pem.certificate(Files.readString(certificates.authority()));
    X509Certificate certificate = Pem.certificate(pem.certificate());
    certificate.verify(authority.getPublicKey());
    assertThat(certificate.getIssuerX500Principal()).isEqualTo(authority.getSubjectX500Principal());
    List<String> names =
        certificate.getSubjectAlternativeNames().stream()
            .map(name -> String.valueOf(name.get(1)))
            .toList();
    assertThat(names).containsExactly("*.shop.example", "0:0:0:0:0:0:0:1", "127.0.0.1");
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(certificate.getBasicConstraints()).isNegative();
    assertThat(authority.getBasicConstraints()).isZero();
    assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("EC");
  }

  @Test
  void handsOutTheKeyOfTheCertificate() throws Exception {
    KeyPairPem pem = at(NOW).certificate(SHOP);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(Pem.key(pem.key()));
    byte[] signed = signature.sign();
    signature.initVerify(Pem.certificate(pem.certificate()));
    assertThat(signature.verify(signed)).isTrue();
    assertThat(pem.toString()).doesNotContain("PRIVATE");
  }

  @Test
  void isUsedAgainWhileItIsValidForADay() throws Exception {
    KeyPairPem first = at(NOW).certificate(SHOP);
    assertThat(at(NOW.plus(Duration.ofDays(89))).certificate(SHOP)).isEqualTo(first);
    assertThat(at(NOW.plus(Duration.ofDays(90))).certificate(SHOP)).isNotEqualTo(first);
  }

  @Test
  void isMadeAnewForOtherHosts() throws Exception {
    KeyPairPem first = at(NOW).certificate(SHOP);
    KeyPairPem other =
        at(NOW).certificate(new Certificate(SHOP.secret(), List.of("other.example")));
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void isMadeAnewWithAnotherAuthority() throws Exception {
    KeyPairPem first = at(NOW).certificate(SHOP);
    Files.delete(at(NOW).authority());
    assertThat(at(NOW).certificate(SHOP)).isNotEqualTo(first);
  }

  @Test
  void isMadeAnewWhenTheFileIsDamaged() throws Exception {
    at(NOW).certificate(SHOP);
    Files.writeString(directory.file("shop.shop-tls.key"), "nonsense");
    KeyPairPem repaired = at(NOW).certificate(SHOP);
    assertThat(Pem.key(repaired.key()).getAlgorithm()).isEqualTo("EC");
  }

  @Test
  void keepsKeysToTheOwner() throws Exception {
    at(NOW).certificate(SHOP);
    assertThat(permissions(directory.path())).isEqualTo("rwx------");
    for (String name : List.of("ca.key", "shop.shop-tls.key")) {
      assertThat(permissions(directory.file(name))).isEqualTo("rw-------");
    }
  }

  @Test
  void saysWhichDirectoryCannotBeWritten() throws Exception {
    Files.createDirectories(directory.file("ca.crt"));
    Files.createDirectories(directory.file("ca.key"));
    assertThatThrownBy(() -> at(NOW))
        .isInstanceOf(LocalRunException.class)
        .hasMessageContaining(directory.path().toString());
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private DevelopmentCertificates at(Instant now) throws LocalRunException {
    return DevelopmentCertificates.open(directory, InstantSource.fixed(now));
  }
}
