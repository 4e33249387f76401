package io.chancery.crd.backend;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.chancery.crd.policy.DurationPattern;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Which endpoint gets a request: one algorithm, and what goes with it. */
@ValidationRule(
    value =
        "[has(self.roundRobin), has(self.leastRequest), has(self.random)].filter(set, set).size() == 1",
    message = "exactly one of roundRobin, leastRequest and random must be set")
@ValidationRule(
    value = "!has(self.slowStart) || !has(self.random)",
    message = "slowStart goes with roundRobin and leastRequest only",
    fieldPath = ".slowStart",
    reason = "FieldValueForbidden")
public record LoadBalancing(
    @JsonPropertyDescription("Each endpoint in its turn, by weight.")
        @Nullable RoundRobin roundRobin,
    @JsonPropertyDescription("Of some endpoints, taken at random, the one with least under way.")
        @Nullable LeastRequest leastRequest,
    @JsonPropertyDescription("Any endpoint, at random.") @Nullable Random random,
    @JsonPropertyDescription("New endpoints get their share little by little.")
        @Nullable SlowStart slowStart,
    @JsonPropertyDescription("Endpoints of the Envoy's own zone are preferred.")
        @Nullable ZoneAware zoneAware) {

  /** Has no settings. */
  public record RoundRobin() {}

  /** The choice of the least busy. */
  public record LeastRequest(
      @JsonPropertyDescription("How many endpoints are compared. Default 2.")
          @Default("2")
          @Min(2)
          @Max(10)
          Integer choices) {}

  /** Has no settings. */
  public record Random() {}

  /** A share that grows. */
  public record SlowStart(
      @JsonPropertyDescription("After this time an endpoint has its full share. Default 30s.")
          @Pattern(DurationPattern.DURATION)
          @Size(max = DurationPattern.MAX_LENGTH)
          @Default("30s")
          @ValidationRule(
              value = DurationPattern.POSITIVE,
              message = DurationPattern.POSITIVE_MESSAGE)
          String window) {}

  /** A preference for what is near. */
  public record ZoneAware(
      @JsonPropertyDescription("With fewer endpoints than this, zones are passed over. Default 6.")
          @Default("6")
          @Min(1)
          @Max(100000)
          Integer minimumEndpoints) {}
}
