package io.chancery.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.chancery.crd.backend.CircuitBreaker;
import io.chancery.crd.backend.Connection;
import io.chancery.crd.backend.HealthCheck;
import io.chancery.crd.backend.LoadBalancing;
import io.chancery.crd.backend.OutlierDetection;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How to talk to backends. */
@ValidationRule(
    value =
        "has(self.loadBalancing) || has(self.healthCheck) || has(self.outlierDetection)"
            + " || has(self.circuitBreaker) || has(self.connection)",
    message =
        "at least one of loadBalancing, healthCheck, outlierDetection, circuitBreaker and connection must be set")
public record BackendPolicySpec(
    @JsonPropertyDescription("The backends.") @Required @Size(min = 1, max = 16)
        List<Target> targetRefs,
    @JsonPropertyDescription("Which endpoint gets a request.")
        @Nullable LoadBalancing loadBalancing,
    @JsonPropertyDescription("How Envoy finds out whether an endpoint is well.")
        @Nullable HealthCheck healthCheck,
    @JsonPropertyDescription("When an endpoint that fails gets no requests for a while.")
        @Nullable OutlierDetection outlierDetection,
    @JsonPropertyDescription("How much may be under way at once, in each Envoy.")
        @Nullable CircuitBreaker circuitBreaker,
    @JsonPropertyDescription("Connections to the endpoints.") @Nullable Connection connection) {

  /** Names a backend. */
  @ValidationRule(
      value =
          "self.group == '' && self.kind == 'Service'"
              + " || self.group == 'chancery.io' && self.kind == 'Backend'",
      message = "a BackendPolicy is for a Service, or a Backend of chancery.io")
  public record Target(
      @JsonPropertyDescription(
              "API group of the backend: empty for a Service, chancery.io for a Backend. Default empty.")
          @Default("")
          @Size(max = 253)
          String group,
      @JsonPropertyDescription("Service or Backend. Default Service.")
          @Default("Service")
          @Size(min = 1, max = 63)
          String kind,
      @JsonPropertyDescription("Name of the backend.") @Required @Size(min = 1, max = 253)
          String name) {}
}
