package io.chancery.crd.backend;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How much may be under way at once; more is answered with 503. The defaults are Envoy's. */
public record CircuitBreaker(
    @JsonPropertyDescription("Connections to all endpoints. Default 1024.")
        @Default("1024")
        @Min(1)
        @Max(MAX)
        Integer maxConnections,
    @JsonPropertyDescription("Requests that wait for a connection. Default 1024.")
        @Default("1024")
        @Min(1)
        @Max(MAX)
        Integer maxPending,
    @JsonPropertyDescription("Requests under way. Default 1024.") @Default("1024") @Min(1) @Max(MAX)
        Integer maxRequests) {
  private static final int MAX = 1_000_000;
}
