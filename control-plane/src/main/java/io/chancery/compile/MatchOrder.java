package io.chancery.compile;

import io.chancery.model.Match;
import io.chancery.model.Route;
import java.util.Comparator;

/**
 * Precedence of a match among all matches of a host, first is tried first: exact paths, then
 * regular expressions, then prefixes, longer before shorter; with a method; more headers; more
 * query parameters; older routes; names; order within the route (Gateway API, {@code
 * HTTPRouteRule.matches}). Never the order of arrival.
 */
record MatchOrder(Match match, Route route, int rule, int position)
    implements Comparable<MatchOrder> {
  private static final Comparator<MatchOrder> ORDER =
      Comparator.<MatchOrder>comparingInt(order -> rank(order.match.path()))
          .thenComparingInt(order -> -order.match.path().value().length())
          .thenComparing(order -> order.match.method().isEmpty())
          .thenComparingInt(order -> -order.match.headers().size())
          .thenComparingInt(order -> -order.match.query().size())
          .thenComparing(order -> order.route.created())
          .thenComparing(order -> order.route.ref().namespace())
          .thenComparing(order -> order.route.ref().name())
          .thenComparing(order -> order.route.ref().kind())
          .thenComparingInt(MatchOrder::rule)
          .thenComparingInt(MatchOrder::position);

  @Override
  public int compareTo(MatchOrder other) {
    return ORDER.compare(this, other);
  }

  private static int rank(Match.Path path) {
    return switch (path) {
      case Match.Path.Exact _ -> 0;
      case Match.Path.Regex _ -> 1;
      case Match.Path.Prefix _ -> 2;
    };
  }
}
