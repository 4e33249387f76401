package io.chancery.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.chancery.crd.gateway.BackendReference;
import io.chancery.crd.gateway.HostnamePattern;
import io.chancery.crd.gateway.HttpFilter;
import io.chancery.crd.gateway.HttpMatch;
import io.chancery.crd.gateway.ParentReference;
import io.chancery.crd.policy.PolicySpec;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole route on one page: where, what matches, to which backends, under which policies. */
public record RouteSpec(
    @JsonPropertyDescription("Gateways, or single listeners of them, that the route attaches to.")
        @Size(max = 32)
        List<ParentReference> parentRefs,
    @JsonPropertyDescription(
            "Host names, with or without a leading wildcard label; those of the listeners if empty.")
        @Size(max = 16)
        List<@Size(min = 1, max = 253) @Pattern(HostnamePattern.LISTENER) String> hostnames,
    @JsonPropertyDescription(
            "Policies of every rule; a rule's own policy of the same field replaces it.")
        @Nullable PolicySpec policy,
    @JsonPropertyDescription(
            "What to do with requests. The most specific match wins, wherever it stands.")
        @Size(min = 1, max = 64)
        @ValidationRule(
            value =
                "self.all(r, !has(r.name) || self.exists_one(o, has(o.name) && o.name == r.name))",
            message = "names of rules must be unique within the route",
            reason = "FieldValueDuplicate")
        List<Rule> rules) {

  /**
   * Requests that match any of {@code matches} take the filters, the policies and one of the
   * backends.
   */
  @ValidationRule(
      value =
          "!has(self.filters) || !has(self.backendRefs) || self.backendRefs.size() == 0"
              + " || !self.filters.exists(f, f.type == 'RequestRedirect')",
      message = "a rule that redirects has no backends; remove them or the redirect",
      fieldPath = ".backendRefs",
      reason = "FieldValueForbidden")
  public record Rule(
      @JsonPropertyDescription("Unique within the route; names what is made of the rule.")
          @Size(min = 1, max = 253)
          @Nullable String name,
      @JsonPropertyDescription("Any of these must match; every request does if empty.")
          @Size(max = 64)
          List<HttpMatch> matches,
      @JsonPropertyDescription("Redirects, rewrites and header changes, as in an HTTPRoute.")
          @Size(max = 16)
          @ValidationRule(
              value =
                  "self.all(f, f.type in ['RequestMirror', 'ExtensionRef']"
                      + " || self.exists_one(o, o.type == f.type))",
              message = "a filter of this type stands once at most in a rule",
              reason = "FieldValueDuplicate")
          @ValidationRule(
              value =
                  "!self.exists(f, f.type == 'RequestRedirect')"
                      + " || !self.exists(f, f.type == 'URLRewrite')",
              message = "RequestRedirect and URLRewrite exclude each other")
          List<HttpFilter> filters,
      @JsonPropertyDescription("Where the requests go, by weight.") @Size(max = 16)
          List<BackendReference> backendRefs,
      @JsonPropertyDescription("Policies of this rule.") @Nullable PolicySpec policy) {}
}
