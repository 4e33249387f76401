package io.chancery.check;

import io.chancery.crd.gateway.HttpFilter;
import io.chancery.crd.gateway.HttpFilter.HeaderModifier;
import io.chancery.crd.gateway.HttpFilter.PathModifier;
import io.chancery.crd.gateway.HttpFilter.PathModifierType;
import io.chancery.crd.policy.HeadersSpec;
import io.chancery.model.Action;
import io.chancery.model.Action.BackendUse;
import io.chancery.model.Action.PathRewrite;
import io.chancery.model.Match;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.model.Route;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Filters of a rule: they make its action, and header changes that are those of policy {@code
 * headers}.
 */
final class Filters {
  private static final Set<Integer> REDIRECT_CODES = Set.of(301, 302, 303, 307, 308);

  private final Ref route;
  private final String rulePath;
  private final List<Match> matches;
  private final List<Problem> problems;

  private @Nullable HeaderModifier request;
  private @Nullable HeaderModifier response;
  private HttpFilter.@Nullable Redirect redirect;
  private HttpFilter.@Nullable Rewrite rewrite;
  private Optional<PathRewrite> pathRewrite = Optional.empty();

  Filters(Ref route, String rulePath, List<Match> matches, List<Problem> problems) {
    this.route = route;
    this.rulePath = rulePath;
    this.matches = matches;
    this.problems = problems;
  }

  Filters check(List<HttpFilter> filters) {
    Set<HttpFilter.Type> seen = EnumSet.noneOf(HttpFilter.Type.class);
    for (int i = 0; i < filters.size(); i++) {
      HttpFilter filter = filters.get(i);
      String path = rulePath + ".filters[" + i + "]";
      if (!seen.add(filter.type())) {
        problem(path, Reason.INCOMPATIBLE_FILTERS, filter.type() + " stands twice; once at most");
      }
      check(filter, path);
    }
    if (redirect != null && rewrite != null) {
      String message = "RequestRedirect and URLRewrite exclude each other";
      problem(rulePath + ".filters", Reason.INCOMPATIBLE_FILTERS, message);
    }
    return this;
  }

  private void check(HttpFilter filter, String path) {
    switch (filter.type()) {
      case RequestHeaderModifier -> request = present(filter.requestHeaderModifier(), filter, path);
      case ResponseHeaderModifier ->
          response = present(filter.responseHeaderModifier(), filter, path);
      case RequestRedirect -> {
        redirect = present(filter.requestRedirect(), filter, path);
        if (redirect != null) {
          checkRedirect(redirect, path + ".requestRedirect");
        }
      }
      case URLRewrite -> {
        rewrite = present(filter.urlRewrite(), filter, path);
        if (rewrite != null) {
          pathRewrite = pathRewrite(rewrite.path(), path + ".urlRewrite.path");
        }
      }
      case RequestMirror, CORS, ExternalAuth, ExtensionRef ->
          problem(
              path + ".type", Reason.UNSUPPORTED_VALUE, filter.type() + " is not supported yet");
    }
  }

  private <T> @Nullable T present(@Nullable T settings, HttpFilter filter, String path) {
    if (settings == null) {
      String name = filter.type().name();
      String field =
          name.equals("URLRewrite")
              ? "urlRewrite"
              : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
      problem(path + "." + field, Reason.REQUIRED, "a filter of type " + name + " needs it");
    }
    return settings;
  }

  private void checkRedirect(HttpFilter.Redirect redirect, String path) {
    if (!REDIRECT_CODES.contains(redirect.statusCode())) {
      String message = redirect.statusCode() + " is not a redirect; 301, 302, 303, 307 and 308 are";
      problem(path + ".statusCode", Reason.INVALID, message);
    }
    pathRewrite = pathRewrite(redirect.path(), path + ".path");
  }

  private Optional<PathRewrite> pathRewrite(@Nullable PathModifier modifier, String path) {
    if (modifier == null) {
      return Optional.empty();
    }
    boolean full = modifier.type() == PathModifierType.ReplaceFullPath;
    String value = full ? modifier.replaceFullPath() : modifier.replacePrefixMatch();
    if (value == null) {
      String field = full ? "replaceFullPath" : "replacePrefixMatch";
      problem(path + "." + field, Reason.REQUIRED, "type " + modifier.type() + " needs it");
      return Optional.empty();
    }
    if (value.chars().anyMatch(c -> c <= ' ' || c > 0x7e || c == '?' || c == '#')) {
      problem(
          path, Reason.INVALID, "\"" + value + "\" is not a path: no spaces, queries or fragments");
      return Optional.empty();
    }
    if (!full && !matches.stream().allMatch(match -> match.path() instanceof Match.Path.Prefix)) {
      String message = "ReplacePrefixMatch needs every match of the rule to be of type PathPrefix";
      problem(path + ".type", Reason.INVALID, message);
      return Optional.empty();
    }
    return Optional.of(full ? new PathRewrite.Full(value) : new PathRewrite.Prefix(value));
  }

  /** What the rule does with a request. */
  Action action(List<BackendUse> backends) {
    if (redirect != null) {
      return new Action.Redirect(
          Optional.ofNullable(redirect.scheme()).map(Enum::name),
          Optional.ofNullable(redirect.hostname()),
          redirect.port() == null ? 0 : redirect.port(),
          pathRewrite,
          redirect.statusCode());
    }
    Optional<String> host = Optional.ofNullable(rewrite).map(HttpFilter.Rewrite::hostname);
    return new Action.Forward(backends, host, pathRewrite);
  }

  /** Header changes, as a policy. */
  Optional<Route.PolicyValue> headers() {
    return request == null && response == null
        ? Optional.empty()
        : Optional.of(
            new Route.PolicyValue(new HeadersSpec(request, response), rulePath + ".filters"));
  }

  private void problem(String path, Reason reason, String message) {
    problems.add(new Problem(route, path, reason, message));
  }
}
