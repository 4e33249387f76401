package io.chancery.model;

import java.util.List;

/**
 * A certificate chain and the private key that goes with its first certificate, both PEM.
 *
 * @param stale why the newest generation cannot be used, where this is of an earlier one that
 *     serves in its place; else empty
 */
public record Certificate(String chain, String privateKey, List<Problem> stale) {

  /** Masked: it holds a key. */
  @Override
  public String toString() {
    return "Certificate[***]";
  }
}
