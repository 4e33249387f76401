package io.chancery.it;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that issues certificates into directories, as a mesh or cert-manager does. */
public final class TestAuthority {
  private final KeyPair keys;
  private final X509Certificate certificate;
  private int serial = 1;

  public TestAuthority() throws Exception {
    keys = newKeys();
    certificate = issue(keys, new GeneralName[0], Duration.ofDays(1));
  }

  public static GeneralName node(String fleet, String node) {
    return uri("spiffe://shop.example/fleet/" + fleet + "/node/" + node);
  }

  public static GeneralName uri(String uri) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, uri);
  }

  public static GeneralName loopback() {
    return new GeneralName(GeneralName.iPAddress, "127.0.0.1");
  }

  /** Writes {@code tls.crt}, {@code tls.key} and {@code ca.crt}. */
  public Path issue(Path directory, Duration validity, GeneralName... names) throws Exception {
    KeyPair own = newKeys();
    Files.createDirectories(directory);
    replace(directory.resolve("tls.key"), pem(new JcaPKCS8Generator(own.getPrivate(), null)));
    replace(directory.resolve("tls.crt"), pem(issue(own, names, validity)));
    replace(directory.resolve("ca.crt"), pem(certificate));
    return directory;
  }

  public Path issue(Path directory, GeneralName... names) throws Exception {
    return issue(directory, Duration.ofHours(1), names);
  }

  private static void replace(Path file, String text) throws IOException {
    Path beside = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static KeyPair newKeys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private X509Certificate issue(KeyPair own, GeneralName[] names, Duration validity)
      throws Exception {
    boolean authority = own == keys;
    X500Principal issuer = new X500Principal("CN=authority");
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            BigInteger.valueOf(serial++),
            Date.from(now.minusSeconds(60)),
            Date.from(now.plus(validity)),
            authority ? issuer : new X500Principal("CN=leaf " + serial),
            own.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    if (names.length > 0) {
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  private static String pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }
}
