package io.chancery.check;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Regular expressions of users, which Envoy runs with RE2. Size is bounded before anything
 * compiles: RE2/J accepts expressions that end in an OutOfMemoryError.
 */
final class Regexes {
  private static final int MAX_LENGTH = 1_024;
  private static final int MAX_DEPTH = 32;
  private static final long MAX_REPEATS = 1_000;
  private static final java.util.regex.Pattern BOUNDED =
      java.util.regex.Pattern.compile("\\{(\\d+)(?:,(\\d*))?\\}");

  private Regexes() {}

  /** What is wrong with an expression; empty if Envoy will take it. */
  static Optional<String> fault(String expression) {
    if (expression.length() > MAX_LENGTH) {
      return Optional.of(
          "the expression has " + expression.length() + " characters; at most " + MAX_LENGTH);
    }
    Optional<String> fault = sizeFault(expression);
    if (fault.isPresent()) {
      return fault;
    }
    try {
      Pattern.compile(expression);
      return Optional.empty();
    } catch (PatternSyntaxException cause) {
      return Optional.of(
          "\"" + expression + "\" is not an RE2 expression: " + cause.getDescription());
    }
  }

  /** Bounds nesting, and the product of repeat counts along each path of nested groups. */
  private static Optional<String> sizeFault(String expression) {
    Deque<Long> products = new ArrayDeque<>();
    long group = 1;
    Matcher bounded = BOUNDED.matcher(expression);
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '(') {
        products.push(group);
        group = 1;
      } else if (c == ')' && !products.isEmpty()) {
        long inner = group * repeats(bounded, i + 1);
        group = Math.max(products.pop(), inner);
      } else if (c == '{') {
        group = Math.max(group, repeats(bounded, i));
      }
      if (products.size() > MAX_DEPTH) {
        return Optional.of("groups are nested deeper than " + MAX_DEPTH);
      }
      if (group > MAX_REPEATS) {
        return Optional.of("nested repeats multiply to " + group + "; at most " + MAX_REPEATS);
      }
    }
    return Optional.empty();
  }

  private static long repeats(Matcher bounded, int at) {
    if (!bounded.region(Math.min(at, bounded.regionEnd()), bounded.regionEnd()).lookingAt()) {
      return 1;
    }
    String upper = bounded.group(2);
    String count = upper == null || upper.isEmpty() ? bounded.group(1) : upper;
    return count.length() > 6 ? Integer.MAX_VALUE : Math.max(1, Long.parseLong(count));
  }
}
