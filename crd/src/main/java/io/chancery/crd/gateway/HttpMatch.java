package io.chancery.crd.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.chancery.crd.ListKey;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions on a request; all must hold. */
public record HttpMatch(
    @JsonPropertyDescription("Condition on the path; any path by default.") @Nullable Path path,
    @JsonPropertyDescription("Conditions on headers; all must hold.")
        @Size(max = 16)
        @ListKey("name")
        List<Header> headers,
    @JsonPropertyDescription("Conditions on query parameters; all must hold.")
        @Size(max = 16)
        @ListKey("name")
        List<Query> queryParams,
    @JsonPropertyDescription("The HTTP method; any method by default.") @Nullable Method method) {

  /** On the path. The rules are those of the Gateway API for HTTPPathMatch. */
  @ValidationRule(
      value = "self.type == 'RegularExpression' || self.value.startsWith('/')",
      message = "a path must start with /",
      fieldPath = ".value")
  @ValidationRule(
      value =
          "self.type == 'RegularExpression' || !self.value.contains('//')"
              + " && !self.value.contains('/./') && !self.value.contains('/../')"
              + " && !self.value.endsWith('/.') && !self.value.endsWith('/..')",
      message = "a path has no empty and no dot segments",
      fieldPath = ".value")
  @ValidationRule(
      value =
          "self.type == 'RegularExpression' || !self.value.contains('#') && !self.value.contains('?')"
              + " && !self.value.contains('%2f') && !self.value.contains('%2F')",
      message = "a path has no #, no ? and no encoded slash",
      fieldPath = ".value")
  public record Path(
      @JsonPropertyDescription(
              "How the path is compared; a prefix ends between two segments. Default PathPrefix.")
          @Default("PathPrefix")
          PathType type,
      @JsonPropertyDescription("The path, the prefix or the RE2 expression. Default /.")
          @Default("/")
          @Size(max = 1024)
          String value) {}

  /** How a path is compared. */
  public enum PathType {
    Exact,
    PathPrefix,
    RegularExpression
  }

  /** On a header; names compare without case. */
  public record Header(
      @JsonPropertyDescription("How the value is compared. Default Exact.") @Default("Exact")
          ValueType type,
      @JsonPropertyDescription("Name of the header, in any case.")
          @Required
          @Size(min = 1, max = 256)
          String name,
      @JsonPropertyDescription("The value, or the RE2 expression for the whole value.")
          @Required
          @Size(min = 1, max = 4096)
          String value) {}

  /** On a query parameter. */
  public record Query(
      @JsonPropertyDescription("How the value is compared. Default Exact.") @Default("Exact")
          ValueType type,
      @JsonPropertyDescription("Name of the query parameter, in this case.")
          @Required
          @Size(min = 1, max = 256)
          String name,
      @JsonPropertyDescription("The value, or the RE2 expression for the whole value.")
          @Required
          @Size(min = 1, max = 1024)
          String value) {}

  /** How a value is compared. */
  public enum ValueType {
    Exact,
    RegularExpression
  }

  /** An HTTP method. */
  public enum Method {
    GET,
    HEAD,
    POST,
    PUT,
    DELETE,
    CONNECT,
    OPTIONS,
    TRACE,
    PATCH
  }
}
