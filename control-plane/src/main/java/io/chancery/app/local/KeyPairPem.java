package io.chancery.app.local;

/**
 * A certificate and its key, as a {@code kubernetes.io/tls} Secret holds them.
 *
 * @param certificate chain in PEM
 * @param key private key in PEM (PKCS #8)
 */
public record KeyPairPem(String certificate, String key) {
  /** Masked: a key never shows in a log. */
  @Override
  public String toString() {
    return "KeyPairPem[***]";
  }
}
