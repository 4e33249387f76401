package io.chancery.check;

import io.chancery.crd.gateway.HttpMatch;
import io.chancery.model.Match;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a rule matches. A match that cannot be used is left out: it would match something else than
 * was meant.
 */
final class Matches {
  private final Ref route;
  private final String rulePath;
  private final List<Problem> problems;

  Matches(Ref route, String rulePath, List<Problem> problems) {
    this.route = route;
    this.rulePath = rulePath;
    this.problems = problems;
  }

  List<Match> check(List<HttpMatch> declared) {
    if (declared.isEmpty()) {
      return List.of(Match.ALL);
    }
    List<Match> matches = new ArrayList<>();
    for (int i = 0; i < declared.size(); i++) {
      int before = problems.size();
      Match match = check(declared.get(i), rulePath + ".matches[" + i + "]");
      if (problems.size() == before && !matches.contains(match)) {
        matches.add(match);
      }
    }
    return List.copyOf(matches);
  }

  private Match check(HttpMatch match, String path) {
    if (match.method() == HttpMatch.Method.CONNECT) {
      problem(
          path + ".method",
          Reason.UNSUPPORTED_VALUE,
          "CONNECT is refused by every gateway of ours");
    }
    return new Match(
        match.path() == null ? Match.ALL.path() : path(match.path(), path + ".path"),
        match.method() == null ? "" : match.method().name(),
        headers(match.headers(), path + ".headers"),
        query(match.queryParams(), path + ".queryParams"));
  }

  private Match.Path path(HttpMatch.Path declared, String path) {
    String value = declared.value();
    return switch (declared.type()) {
      case Exact -> {
        checkPath(value, path + ".value");
        yield new Match.Path.Exact(value);
      }
      case PathPrefix -> {
        checkPath(value, path + ".value");
        // "/shop/" and "/shop" match the same segments.
        yield new Match.Path.Prefix(
            value.length() > 1 && value.endsWith("/")
                ? value.substring(0, value.length() - 1)
                : value);
      }
      case RegularExpression -> {
        regex(value, path + ".value");
        yield new Match.Path.Regex(value);
      }
    };
  }

  /** The rules of the Gateway API for HTTPPathMatch. */
  private void checkPath(String value, String path) {
    if (!value.startsWith("/")) {
      problem(path, Reason.INVALID, "\"" + value + "\" must start with \"/\"");
    }
    for (String refused : List.of("//", "/./", "/../", "%2f", "%2F", "#", "?")) {
      if (value.contains(refused)) {
        problem(path, Reason.INVALID, "\"" + value + "\" must not contain \"" + refused + "\"");
      }
    }
    if (value.endsWith("/..") || value.endsWith("/.")) {
      problem(path, Reason.INVALID, "\"" + value + "\" must not end with a dot segment");
    }
    if (value.chars().anyMatch(c -> c <= ' ' || c > 0x7e)) {
      problem(
          path, Reason.INVALID, "a path holds visible ASCII characters only; encode others with %");
    }
  }

  private List<Match.Field> headers(List<HttpMatch.Header> declared, String path) {
    Set<String> names = new HashSet<>();
    List<Match.Field> fields = new ArrayList<>();
    for (int i = 0; i < declared.size(); i++) {
      HttpMatch.Header header = declared.get(i);
      String name = header.name().toLowerCase(Locale.ROOT);
      // Of equivalent names only the first counts (Gateway API, HTTPHeaderMatch.name).
      if (names.add(name)) {
        fields.add(field(name, header.value(), header.type(), path + "[" + i + "].value"));
      }
    }
    return List.copyOf(fields);
  }

  private List<Match.Field> query(List<HttpMatch.Query> declared, String path) {
    Set<String> names = new HashSet<>();
    List<Match.Field> fields = new ArrayList<>();
    for (int i = 0; i < declared.size(); i++) {
      HttpMatch.Query query = declared.get(i);
      if (names.add(query.name())) {
        fields.add(field(query.name(), query.value(), query.type(), path + "[" + i + "].value"));
      }
    }
    return List.copyOf(fields);
  }

  private Match.Field field(String name, String value, HttpMatch.ValueType type, String path) {
    boolean regex = type == HttpMatch.ValueType.RegularExpression;
    if (regex) {
      regex(value, path);
    }
    return new Match.Field(name, value, regex);
  }

  private void regex(String expression, String path) {
    Regexes.fault(expression).ifPresent(fault -> problem(path, Reason.INVALID, fault));
  }

  private void problem(String path, Reason reason, String message) {
    problems.add(new Problem(route, path, reason, message));
  }
}
