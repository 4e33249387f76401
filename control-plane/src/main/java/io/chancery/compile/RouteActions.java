package io.chancery.compile;

import com.google.protobuf.UInt32Value;
import io.chancery.model.Action;
import io.chancery.model.Action.PathRewrite;
import io.chancery.model.BackendKey;
import io.chancery.model.Match;
import io.chancery.model.ResolvedRoute;
import io.chancery.model.ResolvedRoute.WeightedBackend;
import io.chancery.policy.Durations;
import io.chancery.policy.timeouts.Timeouts;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatchAndSubstitute;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a rule does, as Envoy has it. */
final class RouteActions {
  /**
   * A cluster that never exists: requests to it are answered by {@code
   * cluster_not_found_response_code}.
   */
  static final String UNRESOLVED_CLUSTER = "unresolved";

  static final int CLOSED = 500;

  private RouteActions() {}

  /** A Route with its action; the rewrite of a prefix depends on the prefix that matched. */
  static Route.Builder of(ResolvedRoute.Rule rule, Match match) {
    if (rule.closed()) {
      return fixed(CLOSED);
    }
    return switch (rule.declared().action()) {
      case Action.Redirect redirect -> Route.newBuilder().setRedirect(redirect(redirect, match));
      case Action.Forward forward when hasBackend(rule) ->
          Route.newBuilder().setRoute(forward(forward, rule.backends(), match));
      // No backend, or none that exists: 500 (Gateway API, HTTPRouteRule.backendRefs).
      case Action.Forward _ -> fixed(CLOSED);
    };
  }

  /**
   * Sets what no policy has set. Afterwards, never before: to merge messages is to add their parts,
   * and a time-out of 250 ms merged into a default of 15 s would be 15.25 s.
   */
  static void addDefaults(Route.Builder route) {
    if (!route.hasRoute()) {
      return;
    }
    RouteAction.Builder action = route.getRouteBuilder();
    if (!action.hasTimeout()) {
      action.setTimeout(Durations.ofMillis(Timeouts.DEFAULT_MILLIS));
    }
    if (!action.hasIdleTimeout()) {
      action.setIdleTimeout(Durations.ofMillis(Timeouts.DEFAULT_MILLIS));
    }
  }

  private static boolean hasBackend(ResolvedRoute.Rule rule) {
    return rule.backends().stream().anyMatch(share -> share.backend().isPresent());
  }

  private static Route.Builder fixed(int status) {
    return Route.newBuilder()
        .setDirectResponse(DirectResponseAction.newBuilder().setStatus(status));
  }

  private static RouteAction forward(
      Action.Forward forward, List<WeightedBackend> shares, Match match) {
    RouteAction.Builder action =
        RouteAction.newBuilder()
            .setClusterNotFoundResponseCode(
                RouteAction.ClusterNotFoundResponseCode.INTERNAL_SERVER_ERROR);
    if (shares.size() == 1) {
      action.setCluster(clusterName(shares.getFirst().backend()));
    } else {
      action.setWeightedClusters(weighted(shares));
    }
    forward.hostRewrite().ifPresent(action::setHostRewriteLiteral);
    forward.pathRewrite().ifPresent(rewrite -> rewrite(action, rewrite, match));
    return action.build();
  }

  /** A backend that is named twice has the sum of its weights. */
  private static WeightedCluster weighted(List<WeightedBackend> shares) {
    Map<String, Integer> weights =
        shares.stream()
            .collect(
                Collectors.toMap(
                    share -> clusterName(share.backend()),
                    WeightedBackend::weight,
                    Integer::sum,
                    java.util.TreeMap::new));
    WeightedCluster.Builder clusters = WeightedCluster.newBuilder();
    weights.forEach((name, weight) ->
        clusters.addClusters(
            WeightedCluster.ClusterWeight.newBuilder()
                .setName(name)
                .setWeight(UInt32Value.of(weight))));
    return clusters.build();
  }

  private static String clusterName(Optional<BackendKey> backend) {
    return backend.map(BackendKey::clusterName).orElse(UNRESOLVED_CLUSTER);
  }

  private static void rewrite(RouteAction.Builder action, PathRewrite rewrite, Match match) {
    switch (rewrite) {
      case PathRewrite.Full(var path) -> action.setRegexRewrite(wholePath(path));
      case PathRewrite.Prefix(var prefix) ->
          replacedPrefix(match, prefix)
              .ifPresentOrElse(
                  action::setPrefixRewrite, () -> action.setRegexRewrite(stripped(match)));
    }
  }

  private static RedirectAction redirect(Action.Redirect redirect, Match match) {
    RedirectAction.Builder action =
        RedirectAction.newBuilder().setResponseCode(code(redirect.status()));
    redirect.scheme().ifPresent(action::setSchemeRedirect);
    redirect.hostname().ifPresent(action::setHostRedirect);
    if (redirect.port() != 0) {
      action.setPortRedirect(redirect.port());
    } else {
      // With a scheme and without a port, the scheme's own port is meant, not that of the request.
      redirect
          .scheme()
          .ifPresent(scheme -> action.setPortRedirect(scheme.equals("https") ? 443 : 80));
    }
    redirect
        .path()
        .ifPresent(path -> {
          switch (path) {
            case PathRewrite.Full(var full) -> action.setPathRedirect(full);
            case PathRewrite.Prefix(var prefix) ->
                replacedPrefix(match, prefix)
                    .ifPresentOrElse(
                        action::setPrefixRewrite, () -> action.setRegexRewrite(stripped(match)));
          }
        });
    return action.build();
  }

  private static RedirectAction.RedirectResponseCode code(int status) {
    return switch (status) {
      case 301 -> RedirectAction.RedirectResponseCode.MOVED_PERMANENTLY;
      case 303 -> RedirectAction.RedirectResponseCode.SEE_OTHER;
      case 307 -> RedirectAction.RedirectResponseCode.TEMPORARY_REDIRECT;
      case 308 -> RedirectAction.RedirectResponseCode.PERMANENT_REDIRECT;
      default -> RedirectAction.RedirectResponseCode.FOUND;
    };
  }

  /**
   * What replaces the matched prefix byte by byte, so that segments stay apart: {@code /} by {@code
   * /v2} is {@code /v2/}. Empty where the prefix is to vanish, which bytes alone cannot say.
   */
  private static Optional<String> replacedPrefix(Match match, String prefix) {
    String trimmed = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    boolean root = match.path() instanceof Match.Path.Prefix path && path.isRoot();
    if (root) {
      return Optional.of(trimmed + "/");
    }
    return trimmed.isEmpty() ? Optional.empty() : Optional.of(trimmed);
  }

  /** {@code /shop/cart} to {@code /cart}, and {@code /shop} to {@code /}. */
  private static RegexMatchAndSubstitute stripped(Match match) {
    return substitute("^" + quoted(match.path().value()) + "/*", "/");
  }

  private static RegexMatchAndSubstitute wholePath(String path) {
    return substitute("^/.*$", path.replace("\\", "\\\\"));
  }

  private static RegexMatchAndSubstitute substitute(String regex, String substitution) {
    return RegexMatchAndSubstitute.newBuilder()
        .setPattern(RegexMatcher.newBuilder().setRegex(regex))
        .setSubstitution(substitution)
        .build();
  }

  private static String quoted(String text) {
    return com.google.re2j.Pattern.quote(text);
  }
}
