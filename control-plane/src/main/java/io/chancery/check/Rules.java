package io.chancery.check;

import com.google.common.hash.Hashing;
import io.chancery.crd.RouteSpec;
import io.chancery.crd.gateway.BackendReference;
import io.chancery.crd.gateway.HttpFilter;
import io.chancery.crd.gateway.HttpMatch;
import io.chancery.crd.gateway.HttpRouteSpec;
import io.chancery.crd.policy.PolicySpec;
import io.chancery.crd.policy.TimeoutsSpec;
import io.chancery.model.Action;
import io.chancery.model.Match;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.model.Route;
import io.chancery.policy.HttpFilterChain;
import io.chancery.policy.HttpPolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One rule of a route. */
final class Rules {
  /** Hex digits of a hash that names something within one route. */
  private static final int HASH_LENGTH = 10;

  private final Ref route;
  private final String path;
  private final PolicySpec routePolicies;

  Rules(Ref route, String path, PolicySpec routePolicies) {
    this.route = route;
    this.path = path;
    this.routePolicies = routePolicies;
  }

  /** A rule of either kind of route. */
  record Source(
      String name,
      List<HttpMatch> matches,
      List<HttpFilter> filters,
      List<BackendReference> backends,
      @Nullable PolicySpec policies,
      @Nullable TimeoutsSpec timeouts,
      Map<String, Object> unsupported) {

    static final Source EMPTY =
        new Source("", List.of(), List.of(), List.of(), null, null, Map.of());

    static Source of(HttpRouteSpec.Rule rule) {
      Map<String, Object> unsupported = new TreeMap<>();
      if (rule.retry() != null) {
        unsupported.put("retry", rule.retry());
      }
      if (rule.sessionPersistence() != null) {
        unsupported.put("sessionPersistence", rule.sessionPersistence());
      }
      return new Source(
          rule.name() == null ? "" : rule.name(),
          rule.matches(),
          rule.filters(),
          rule.backendRefs(),
          null,
          rule.timeouts(),
          unsupported);
    }

    static Source of(RouteSpec.Rule rule) {
      String name = rule.name() == null ? "" : rule.name();
      return new Source(
          name, rule.matches(), rule.filters(), rule.backendRefs(), rule.policy(), null, Map.of());
    }
  }

  Route.Rule check(Source source) {
    List<Problem> problems = new ArrayList<>();
    List<Match> matches = new Matches(route, path, problems).check(source.matches());
    Filters filters = new Filters(route, path, matches, problems).check(source.filters());
    source
        .unsupported()
        .keySet()
        .forEach(field ->
            problems.add(problem(field, Reason.UNSUPPORTED_VALUE, "is not supported yet")));
    Action action = filters.action(Backends.uses(route, path, source.backends()));
    if (action instanceof Action.Redirect && !source.backends().isEmpty()) {
      String message = "a rule that redirects has no backends; remove them or the redirect";
      problems.add(problem("backendRefs", Reason.INVALID, message));
    }
    return new Route.Rule(
        source.name(),
        key(source, matches),
        matches,
        action,
        policies(source, filters, problems),
        path,
        problems);
  }

  /**
   * The rule's name, or else a hash of what it matches; never its position, so that inserting a
   * rule renames none.
   */
  private static String key(Source source, List<Match> matches) {
    return source.name().isEmpty() ? hash(matches) : source.name();
  }

  /** A short hash of the text form of a value. */
  static String hash(Object value) {
    return Hashing.sha256()
        .hashString(value.toString(), StandardCharsets.UTF_8)
        .toString()
        .substring(0, HASH_LENGTH);
  }

  private Map<String, Route.PolicyValue> policies(
      Source source, Filters filters, List<Problem> problems) {
    Map<String, Route.PolicyValue> effective = new TreeMap<>();
    for (HttpPolicy<?, ?> policy : HttpFilterChain.POLICIES) {
      put(effective, policy, routePolicies, "spec.policy");
      if (source.policies() != null) {
        put(effective, policy, source.policies(), path + ".policy");
      }
    }
    if (source.timeouts() != null) {
      effective.put("timeouts", new Route.PolicyValue(source.timeouts(), path + ".timeouts"));
    }
    filters
        .headers()
        .ifPresent(headers -> {
          if (source.policies() != null && source.policies().headers() != null) {
            String message = "headers are changed by a filter of the rule too; use one of the two";
            problems.add(problem("policy.headers", Reason.CONFLICTED, message));
          }
          effective.put("headers", headers);
        });
    return effective;
  }

  private static void put(
      Map<String, Route.PolicyValue> effective,
      HttpPolicy<?, ?> policy,
      PolicySpec policies,
      String path) {
    Record spec = policy.in(policies);
    if (spec != null) {
      effective.put(policy.field(), new Route.PolicyValue(spec, path + "." + policy.field()));
    }
  }

  private Problem problem(String field, Reason reason, String message) {
    return new Problem(route, path + "." + field, reason, message);
  }
}
