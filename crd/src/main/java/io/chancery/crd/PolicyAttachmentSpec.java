package io.chancery.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.chancery.crd.policy.HeadersSpec;
import io.chancery.crd.policy.JwtSpec;
import io.chancery.crd.policy.PolicySpec;
import io.chancery.crd.policy.TimeoutsSpec;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Policies that stand apart from the routes that they are for. */
@ValidationRule(
    value = "has(self.defaults) || has(self.overrides)",
    message = "at least one of defaults and overrides must be set")
public record PolicyAttachmentSpec(
    @JsonPropertyDescription("What the policies are for.") @Required @Size(min = 1, max = 16)
        List<Target> targetRefs,
    @JsonPropertyDescription("Policies that are in force where nothing further in sets the field.")
        @ValidationRule(
            value = "has(self.jwt) || has(self.headers) || has(self.timeouts)",
            message = "at least one policy must be set")
        @Nullable PolicySpec defaults,
    @JsonPropertyDescription("Policies that nothing further in can change.")
        @ValidationRule(
            value =
                "self.requireAuthentication || has(self.jwt) || has(self.headers) || has(self.timeouts)",
            message = "at least one policy must be set")
        @Nullable Overrides overrides) {

  /** Names what a Policy is for. */
  @ValidationRule(
      value =
          "self.group == 'gateway.networking.k8s.io' && self.kind in ['Gateway', 'HTTPRoute']"
              + " || self.group == 'chancery.io' && self.kind in ['Route', 'Fleet']"
              + " || self.group == '' && self.kind == 'Namespace'",
      message =
          "a Policy is for a Gateway or HTTPRoute of gateway.networking.k8s.io, a Route or Fleet of chancery.io,"
              + " or a Namespace")
  @ValidationRule(
      value = "!has(self.sectionName) || self.kind in ['Gateway', 'HTTPRoute', 'Route']",
      message = "a Namespace and a Fleet have no sections",
      fieldPath = ".sectionName",
      reason = "FieldValueForbidden")
  public record Target(
      @JsonPropertyDescription("API group of the target. Default gateway.networking.k8s.io.")
          @Default("gateway.networking.k8s.io")
          @Size(max = 253)
          String group,
      @JsonPropertyDescription("Gateway, HTTPRoute, Route, Fleet or Namespace.")
          @Required
          @Size(min = 1, max = 63)
          String kind,
      @JsonPropertyDescription("Name of the target.") @Required @Size(min = 1, max = 253)
          String name,
      @JsonPropertyDescription(
              "One listener of the Gateway or one rule of the route, by name; all of them by default.")
          @Size(min = 1, max = 253)
          @Nullable String sectionName) {}

  /** What nothing further in can change: policies, and what is demanded of them. */
  public record Overrides(
      @JsonPropertyDescription(
              "Whether a rule without a policy of authentication is closed. Default false.")
          @Default("false")
          Boolean requireAuthentication,
      @JsonPropertyDescription("Demands a valid JSON Web Token.") @Nullable JwtSpec jwt,
      @JsonPropertyDescription("Changes headers of requests and responses.")
          @Nullable HeadersSpec headers,
      @JsonPropertyDescription("How long a request may take.") @Nullable TimeoutsSpec timeouts) {}
}
