package io.chancery.crd.backend;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.chancery.crd.policy.DurationPattern;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** When an endpoint that fails gets no requests for a while. */
public record OutlierDetection(
    @JsonPropertyDescription("After so many answers of 5xx in a row it is ejected. Default 5.")
        @Default("5")
        @Min(1)
        @Max(1000)
        Integer consecutiveErrors,
    @JsonPropertyDescription("How often ejections are looked at. Default 10s.")
        @Pattern(DurationPattern.DURATION)
        @Size(max = DurationPattern.MAX_LENGTH)
        @Default("10s")
        @ValidationRule(value = DurationPattern.SECOND, message = DurationPattern.SECOND_MESSAGE)
        String interval,
    @JsonPropertyDescription(
            "How long the first ejection lasts; each further one is longer. Default 30s.")
        @Pattern(DurationPattern.DURATION)
        @Size(max = DurationPattern.MAX_LENGTH)
        @Default("30s")
        @ValidationRule(value = DurationPattern.SECOND, message = DurationPattern.SECOND_MESSAGE)
        String baseEjection,
    @JsonPropertyDescription("Which part of the endpoints may be ejected at once. Default 10%.")
        @Pattern(PERCENTAGE)
        @Default("10%")
        String maxEjected) {

  /** A whole percentage, {@code 0%} to {@code 100%}. */
  public static final String PERCENTAGE = "^(100|[1-9]?[0-9])%$";
}
