package io.chancery.check;

import io.chancery.crd.core.SecretBody;
import io.chancery.model.Certificate;
import io.chancery.model.Checked;
import io.chancery.model.KeyProof;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.source.Declared;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Certificates in Secrets of type {@code kubernetes.io/tls}, proven before any Envoy gets them. */
public final class Certificates {
  private static final String STALE = "; the last good certificate serves";
  private static final String CERTIFICATE = "tls.crt";
  private static final String KEY = "tls.key";

  private Certificates() {}

  /**
   * The certificate of a Secret, if it can be read and its key belongs to it; the problem is on the
   * Secret.
   */
  private static Checked<Certificate> check(Ref ref, Declared<SecretBody> declared) {
    try {
      String chain = value(declared.spec(), CERTIFICATE);
      String key = value(declared.spec(), KEY);
      X509Certificate leaf = leaf(chain);
      PrivateKey privateKey = privateKey(key);
      if (!KeyProof.belongs(privateKey, leaf.getPublicKey())) {
        return rejected(ref, KEY, "the key does not belong to the certificate in tls.crt");
      }
      return Checked.ok(new Certificate(chain, key, List.of()));
    } catch (Unusable cause) {
      return rejected(ref, cause.key, cause.reason);
    }
  }

  /** The certificate of a Secret, or of its last good generation if it cannot be used. */
  public static Checked<Certificate> check(
      Ref ref, Declared<SecretBody> declared, Optional<Declared<SecretBody>> lastGood) {
    Checked<Certificate> newest = check(ref, declared);
    if (newest instanceof Checked.Rejected<Certificate>(var problems)
        && lastGood.isPresent()
        && check(ref, lastGood.get()) instanceof Checked.Ok<Certificate>(var earlier)) {
      return Checked.ok(new Certificate(earlier.chain(), earlier.privateKey(), problems));
    }
    return newest;
  }

  private static Checked<Certificate> rejected(Ref ref, String key, String message) {
    return Checked.rejected(
        new Problem(ref, "data[" + key + "]", Reason.INVALID_CERTIFICATE_REF, message));
  }

  /** Why a Secret holds no certificate that can be used. Never holds what the Secret holds. */
  private static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;
    private final String key;
    private final String reason;

    Unusable(String key, String reason) {
      super(reason);
      this.key = key;
      this.reason = reason;
    }
  }

  private static String value(SecretBody secret, String key) throws Unusable {
    String plain = secret.stringData().get(key);
    if (plain != null) {
      return plain;
    }
    String encoded =
        Optional.ofNullable(secret.data().get(key))
            .orElseThrow(() -> new Unusable(key, "is missing"));
    try {
      return new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException cause) {
      throw new Unusable(key, "is not base64");
    }
  }

  private static X509Certificate leaf(String pem) throws Unusable {
    try {
      var certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
      return certificates.stream()
          .map(X509Certificate.class::cast)
          .findFirst()
          .orElseThrow(() -> new Unusable(CERTIFICATE, "holds no PEM certificate"));
    } catch (GeneralSecurityException cause) {
      throw new Unusable(CERTIFICATE, "holds no PEM certificate that can be read");
    }
  }

  private static PrivateKey privateKey(String pem) throws Unusable {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      return switch (parser.readObject()) {
        case PEMKeyPair pair -> converter.getKeyPair(pair).getPrivate();
        case PrivateKeyInfo info -> converter.getPrivateKey(info);
        case null, default -> throw new Unusable(KEY, "holds no unencrypted PEM private key");
      };
    } catch (IOException | RuntimeException cause) {
      throw new Unusable(KEY, "holds no PEM private key that can be read");
    }
  }

  /** A Secret that a Gateway refers to and that cannot be used: a problem of the Gateway. */
  public static Problem onGateway(
      Ref gateway, String path, List<Problem> onSecret, boolean earlierServes) {
    Problem first = onSecret.getFirst();
    String message =
        first.on()
            + " cannot be used: "
            + (first.path().isEmpty() ? "" : first.path() + " ")
            + first.message()
            + (earlierServes ? STALE : "");
    return new Problem(gateway, path, Reason.INVALID_CERTIFICATE_REF, message);
  }
}
