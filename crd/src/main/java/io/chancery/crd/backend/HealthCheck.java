package io.chancery.crd.backend;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.chancery.crd.gateway.HostnamePattern;
import io.chancery.crd.policy.DurationPattern;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A probe of each endpoint, and what follows from it. */
@ValidationRule(
    value = "[has(self.http), has(self.grpc), has(self.tcp)].filter(set, set).size() == 1",
    message = "exactly one of http, grpc and tcp must be set")
@ValidationRule(
    value = "duration(self.timeout) <= duration(self.interval)",
    message = "timeout must not be longer than interval",
    fieldPath = ".timeout")
public record HealthCheck(
    @JsonPropertyDescription("A GET that must be answered with 200.") @Nullable Http http,
    @JsonPropertyDescription("The health service of gRPC.") @Nullable Grpc grpc,
    @JsonPropertyDescription("A connection that must be accepted.") @Nullable Tcp tcp,
    @JsonPropertyDescription("Time between two probes. Default 5s.")
        @Pattern(DurationPattern.DURATION)
        @Size(max = DurationPattern.MAX_LENGTH)
        @Default("5s")
        @ValidationRule(value = DurationPattern.SECOND, message = DurationPattern.SECOND_MESSAGE)
        String interval,
    @JsonPropertyDescription("How long a probe may take. Default 1s.")
        @Pattern(DurationPattern.DURATION)
        @Size(max = DurationPattern.MAX_LENGTH)
        @Default("1s")
        @ValidationRule(
            value = DurationPattern.POSITIVE,
            message = DurationPattern.POSITIVE_MESSAGE)
        String timeout,
    @JsonPropertyDescription("After so many probes that fail an endpoint is not well. Default 3.")
        @Default("3")
        @Min(1)
        @Max(100)
        Integer unhealthyThreshold,
    @JsonPropertyDescription("After so many probes that succeed it is well again. Default 2.")
        @Default("2")
        @Min(1)
        @Max(100)
        Integer healthyThreshold) {

  /** A probe by HTTP. */
  public record Http(
      @JsonPropertyDescription("The path. Default /.")
          @Default("/")
          @Size(min = 1, max = 1024)
          @Pattern("^/[!-~]*$")
          String path,
      @JsonPropertyDescription("The Host header; the name of the backend by default.")
          @Size(min = 1, max = 253)
          @Pattern(HostnamePattern.PRECISE)
          @Nullable String host) {}

  /** A probe by gRPC. */
  public record Grpc(
      @JsonPropertyDescription("The service that is asked for; the whole server by default.")
          @Size(min = 1, max = 253)
          @Nullable String service) {}

  /** Has no settings. */
  public record Tcp() {}
}
