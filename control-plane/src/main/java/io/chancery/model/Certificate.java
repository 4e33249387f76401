package io.chancery.model;

/** A certificate chain and the private key that goes with its first certificate, both PEM. */
public record Certificate(String chain, String privateKey) {

  /** Masked: it holds a key. */
  @Override
  public String toString() {
    return "Certificate[***]";
  }
}
