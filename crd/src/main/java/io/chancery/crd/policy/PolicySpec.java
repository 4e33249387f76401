package io.chancery.crd.policy;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** What a user asks of a route: one field for each policy. */
public record PolicySpec(
    @JsonPropertyDescription("Demands a valid JSON Web Token.") @Nullable JwtSpec jwt,
    @JsonPropertyDescription("Changes headers of requests and responses.")
        @Nullable HeadersSpec headers,
    @JsonPropertyDescription("How long a request may take.") @Nullable TimeoutsSpec timeouts) {

  /** A policy that asks for nothing. */
  public static final PolicySpec NONE = new PolicySpec(null, null, null);
}
