package io.chancery.model;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Proves that a private key belongs to a public one. */
public final class KeyProof {
  private static final byte[] PROBE = "chancery".getBytes(StandardCharsets.US_ASCII);

  private KeyProof() {}

  /** A signature by the one must verify by the other. */
  public static boolean belongs(PrivateKey privateKey, PublicKey publicKey) {
    try {
      Signature signature = Signature.getInstance(algorithm(publicKey));
      signature.initSign(privateKey);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException cause) {
      return false;
    }
  }

  private static String algorithm(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }
}
