package io.chancery.crd.policy;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How long a request may take. */
@ValidationRule(
    value =
        "!has(self.request) || !has(self.backendRequest) || duration(self.request) == duration('0s')"
            + " || duration(self.backendRequest) <= duration(self.request)",
    message = "backendRequest must not be longer than request",
    fieldPath = ".backendRequest")
public record TimeoutsSpec(
    @JsonPropertyDescription(
            "From the last byte of the request to the last byte of the response, all attempts included, such as 15s."
                + " 0s: no limit, but 5 minutes without a byte end it. Default 15s.")
        @Pattern(DurationPattern.DURATION)
        @Size(max = DurationPattern.MAX_LENGTH)
        @Nullable String request,
    @JsonPropertyDescription("One attempt at a backend. 0s: no limit but that of the request.")
        @Pattern(DurationPattern.DURATION)
        @Size(max = DurationPattern.MAX_LENGTH)
        @Nullable String backendRequest) {}
