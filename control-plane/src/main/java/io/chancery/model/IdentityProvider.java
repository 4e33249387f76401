package io.chancery.model;

import java.util.List;

/** An issuer of tokens, checked. */
public record IdentityProvider(
    Ref ref, String issuer, List<String> audiences, KeySet keys, List<ClaimHeader> claimHeaders) {

  /** Where the public keys come from. */
  public sealed interface KeySet {

    /** They are known. */
    record Inline(String json) implements KeySet {}

    /** Envoy fetches them. */
    record Remote(boolean tls, String host, int port, String uri, long refreshMillis)
        implements KeySet {}
  }

  /** A claim and the header that carries it. */
  public record ClaimHeader(String claim, String header) {}
}
