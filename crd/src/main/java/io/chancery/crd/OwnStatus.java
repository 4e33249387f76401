package io.chancery.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.chancery.crd.gateway.ParentReference;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Chancery reports on an object of an own kind. Users do not write it. */
public record OwnStatus(
    @JsonPropertyDescription(
            "Whether the object is accepted, resolved and in force; one of a type. Those of a Route hold if they hold"
                + " for all of its parents.")
        @Size(max = 8)
        @ListKey("type")
        List<Condition> conditions,
    @JsonPropertyDescription("How far the object is on its way to the Envoys.")
        @Nullable Programmed programmed,
    @JsonPropertyDescription("What the user must fix, sorted; empty if nothing.") @Size(max = 64)
        List<Problem> problems,
    @JsonPropertyDescription("What each parent of a Route makes of it; empty for other kinds.")
        @Size(max = 32)
        List<Parent> parents) {

  /** Connected nodes, counted. */
  public record Programmed(
      @JsonPropertyDescription(
              "The newest revision of the snapshots that changed what is made of the object.")
          @Required
          @Min(0)
          Long revision,
      @JsonPropertyDescription("Connected nodes of its fleets.") @Required @Min(0) Integer nodes,
      @JsonPropertyDescription("Those that run the revision.") @Required @Min(0) Integer acked,
      @JsonPropertyDescription("Those that refused it.") @Required @Min(0) Integer rejected,
      @JsonPropertyDescription(
              "Whether an earlier generation of the object serves in place of this one.")
          @Required
          Boolean stale) {}

  /** What one parent makes of a Route, as in the Gateway API. */
  public record Parent(
      @JsonPropertyDescription("The parent, as the Route names it.") @Required
          ParentReference parentRef,
      @JsonPropertyDescription("Who says so: chancery.io/gateway-controller.")
          @Required
          @Size(min = 1, max = 253)
          String controllerName,
      @JsonPropertyDescription("Whether the Route is accepted, resolved and in force there.")
          @Size(max = 8)
          @ListKey("type")
          List<Condition> conditions) {}

  /** One condition, as in the Gateway API. */
  public record Condition(
      @JsonPropertyDescription("What the condition is about, such as Accepted or Programmed.")
          @Required
          @Size(min = 1, max = 316)
          String type,
      @JsonPropertyDescription("Whether it holds.") @Required Holds status,
      @JsonPropertyDescription("Why, in one PascalCase word.") @Required @Size(min = 1, max = 1024)
          String reason,
      @JsonPropertyDescription("Why, for people; empty if there is nothing to add.")
          @Required
          @Size(max = 32768)
          String message,
      @JsonPropertyDescription("The metadata.generation of the object that this is about.") @Min(0)
          Long observedGeneration,
      @JsonPropertyDescription("When status last changed, in RFC 3339.") @Required
          String lastTransitionTime) {}

  /** Whether a condition holds. */
  public enum Holds {
    True,
    False,
    Unknown
  }

  /** One thing that is wrong with the object. */
  public record Problem(
      @JsonPropertyDescription(
              "Path of the field, such as spec.rules[0].name; empty for the whole object.")
          @Required
          @Size(max = 1024)
          String path,
      @JsonPropertyDescription("What is wrong, in one PascalCase word.")
          @Required
          @Size(min = 1, max = 256)
          String reason,
      @JsonPropertyDescription("Names the offending and the expected value.")
          @Required
          @Size(max = 32768)
          String message) {}
}
