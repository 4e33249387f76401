package io.chancery.policy.headers;

import io.chancery.crd.gateway.HttpFilter;
import io.chancery.crd.gateway.HttpFilter.HeaderModifier;
import io.chancery.crd.policy.HeadersSpec;
import io.chancery.crd.policy.PolicySpec;
import io.chancery.model.Checked;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.policy.Contribution;
import io.chancery.policy.HttpPolicy;
import io.chancery.policy.PolicyPlace;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sets, adds and removes headers of requests and responses. */
public final class Headers implements HttpPolicy<HeadersSpec, HeadersSpec> {

  @Override
  public String field() {
    return "headers";
  }

  @Override
  public @Nullable HeadersSpec in(PolicySpec policies) {
    return policies.headers();
  }

  @Override
  public Checked<HeadersSpec> check(HeadersSpec spec, PolicyPlace place) {
    List<Problem> problems = new ArrayList<>();
    check(spec.request(), "request", place, problems);
    check(spec.response(), "response", place, problems);
    return Checked.of(spec, problems);
  }

  private static void check(
      @Nullable HeaderModifier modifier, String side, PolicyPlace place, List<Problem> problems) {
    if (modifier == null) {
      return;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < modifier.set().size(); i++) {
      check(modifier.set().get(i), side + ".set[" + i + "]", place, seen, problems);
    }
    for (int i = 0; i < modifier.add().size(); i++) {
      check(modifier.add().get(i), side + ".add[" + i + "]", place, seen, problems);
    }
    for (int i = 0; i < modifier.remove().size(); i++) {
      checkName(modifier.remove().get(i), side + ".remove[" + i + "]", place, seen, problems);
    }
  }

  private static void check(
      HttpFilter.Header header,
      String field,
      PolicyPlace place,
      Set<String> seen,
      List<Problem> problems) {
    checkName(header.name(), field + ".name", place, seen, problems);
    if (header.value().chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
      problems.add(
          place.problem(
              field + ".value",
              Reason.INVALID,
              "the value holds a control character; use visible characters"));
    }
  }

  private static void checkName(
      String name, String field, PolicyPlace place, Set<String> seen, List<Problem> problems) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!name.matches(HttpFilter.Header.NAME)) {
      problems.add(
          place.problem(
              field, Reason.INVALID, "\"" + name + "\" is not a header name (RFC 9110 token)"));
    } else if (lower.equals("host")) {
      problems.add(
          place.problem(
              field, Reason.INVALID, "\"Host\" is changed by a rewrite of the hostname only"));
    } else if (!seen.add(lower)) {
      problems.add(
          place.problem(
              field, Reason.INVALID, "\"" + name + "\" is changed twice; name each header once"));
    }
  }

  @Override
  public Contribution onRoute(HeadersSpec policy) {
    Route.Builder route = Route.newBuilder();
    if (policy.request() != null) {
      route.addAllRequestHeadersToAdd(options(policy.request()));
      route.addAllRequestHeadersToRemove(policy.request().remove());
    }
    if (policy.response() != null) {
      route.addAllResponseHeadersToAdd(options(policy.response()));
      route.addAllResponseHeadersToRemove(policy.response().remove());
    }
    return Contribution.ofRoute(route.build());
  }

  private static List<HeaderValueOption> options(HeaderModifier modifier) {
    List<HeaderValueOption> options = new ArrayList<>();
    modifier
        .set()
        .forEach(
            header -> options.add(option(header, HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD)));
    modifier
        .add()
        .forEach(header -> options.add(option(header, HeaderAppendAction.APPEND_IF_EXISTS_OR_ADD)));
    return options;
  }

  private static HeaderValueOption option(HttpFilter.Header header, HeaderAppendAction action) {
    // Envoy reads % as the start of a command; what a user writes is text.
    return HeaderValueOption.newBuilder()
        .setHeader(
            HeaderValue.newBuilder()
                .setKey(header.name())
                .setValue(header.value().replace("%", "%%")))
        .setAppendAction(action)
        .build();
  }
}
