package io.chancery.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Envoys that share a snapshot. */
public record FleetSpec(
    @JsonPropertyDescription(
            "How many trusted proxies stand before the fleet and append to x-forwarded-for. Default 0: the client"
                + " address is that of the connection.")
        @Default("0")
        @Min(0)
        @Max(8)
        Integer trustedHops,
    @JsonPropertyDescription(
            "How the routes of a listener are laid out for Envoy. A change of the type drains the listeners.")
        @Nullable RouteTables routeTables,
    @JsonPropertyDescription(
            "Runtime keys of Envoy with their values, as text: numbers and true or false in quotes. They are in force"
                + " within moments, and nothing is drained. Keys that the bootstrap fixes cannot be set.")
        Map<String, String> runtime) {

  /** One table for each listener, or many small ones. */
  @ValidationRule(
      value = "!has(self.scoped) || self.type == 'Scoped'",
      message = "scoped is for type Scoped only",
      fieldPath = ".scoped",
      reason = "FieldValueForbidden")
  public record RouteTables(
      @JsonPropertyDescription(
              "Single: one table for each listener. Scoped: the hosts are spread over many tables, so that a changed"
                  + " route costs Envoy little however many there are.")
          @Default("Single")
          Type type,
      @JsonPropertyDescription("How they are spread, if the type is Scoped.")
          @Nullable Scoped scoped) {}

  /** The form of the tables. */
  public enum Type {
    Single,
    Scoped
  }

  /** How hosts are spread. */
  public record Scoped(
      @JsonPropertyDescription(
              "Over how many tables the hosts of a listener are spread; another number moves hosts and drains nothing."
                  + " Default 256.")
          @Default("256")
          @Min(1)
          @Max(10000)
          Integer shards,
      @JsonPropertyDescription(
              "Whether an Envoy gets a table only when a request asks for a host in it: less memory where most hosts"
                  + " are seldom asked for, and a slower first request to each table. A change drains the listeners."
                  + " Default false.")
          @Default("false")
          Boolean onDemand) {}
}
