package io.chancery.crd.policy;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a request may take. */
public record TimeoutsSpec(
    @JsonPropertyDescription(
            "From the last byte of the request to the last byte of the response, all attempts included, such as 15s."
                + " 0s: no limit, but 5 minutes without a byte end it. Default 15s.")
        @Pattern(DurationPattern.DURATION)
        @Nullable String request,
    @JsonPropertyDescription("One attempt at a backend. 0s: no limit but that of the request.")
        @Pattern(DurationPattern.DURATION)
        @Nullable String backendRequest) {}
