package io.chancery.crd.backend;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.chancery.crd.policy.DurationPattern;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Connections to endpoints. */
public record Connection(
    @JsonPropertyDescription("How long it may take to connect. Default 5s.")
        @Pattern(DurationPattern.DURATION)
        @Size(max = DurationPattern.MAX_LENGTH)
        @Default("5s")
        @ValidationRule(
            value = DurationPattern.POSITIVE,
            message = DurationPattern.POSITIVE_MESSAGE)
        String connectTimeout) {}
