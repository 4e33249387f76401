package io.chancery.compile;

import com.google.common.hash.Hashing;
import io.chancery.model.Match;
import io.chancery.model.Match.Field;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.QueryParameterMatcher;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.nio.charset.StandardCharsets;

/** Matches as Envoy has them. */
final class RouteMatches {
  private static final int HASH_LENGTH = 8;

  private RouteMatches() {}

  static RouteMatch of(Match match) {
    RouteMatch.Builder message = RouteMatch.newBuilder();
    switch (match.path()) {
      case Match.Path.Exact(var path) -> message.setPath(path);
      case Match.Path.Regex(var regex) ->
          message.setSafeRegex(RegexMatcher.newBuilder().setRegex(regex));
      case Match.Path.Prefix prefix when prefix.isRoot() -> message.setPrefix("/");
      // Compares whole segments: /shop matches /shop/cart and not /shopping.
      case Match.Path.Prefix(var path) -> message.setPathSeparatedPrefix(path);
    }
    if (!match.method().isEmpty()) {
      message.addHeaders(header(new Field(":method", match.method(), false)));
    }
    match.headers().forEach(field -> message.addHeaders(header(field)));
    match.query().forEach(field -> message.addQueryParameters(query(field)));
    return message.build();
  }

  /** A short name of a match, from its content. */
  static String hash(Match match) {
    return Hashing.sha256()
        .hashString(match.toString(), StandardCharsets.UTF_8)
        .toString()
        .substring(0, HASH_LENGTH);
  }

  private static HeaderMatcher header(Field field) {
    return HeaderMatcher.newBuilder().setName(field.name()).setStringMatch(text(field)).build();
  }

  private static QueryParameterMatcher query(Field field) {
    return QueryParameterMatcher.newBuilder()
        .setName(field.name())
        .setStringMatch(text(field))
        .build();
  }

  private static StringMatcher text(Field field) {
    return field.regex()
        ? StringMatcher.newBuilder()
            .setSafeRegex(RegexMatcher.newBuilder().setRegex(field.value()))
            .build()
        : StringMatcher.newBuilder().setExact(field.value()).build();
  }
}
