package io.chancery.check;

import io.chancery.crd.RouteSpec;
import io.chancery.crd.policy.JwtSpec;
import io.chancery.crd.policy.PolicySpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares how well two generations of a route are protected. */
final class Protection {
  private Protection() {}

  /**
   * True if the earlier generation asks for the authentication that the later one asks for, rule by
   * rule, or the later one asks for none. Only then may it serve in place of the later one:
   * protection goes before availability.
   */
  static boolean isKept(RouteSpec earlier, RouteSpec later) {
    return asked(earlier).equals(asked(later)) || asked(later).stream().allMatch(Objects::isNull);
  }

  /** For each rule what it asks for; null where that is nothing. */
  private static List<@Nullable JwtSpec> asked(RouteSpec spec) {
    return spec.rules().stream()
        .<@Nullable JwtSpec>map(rule -> effective(spec.policy(), rule.policy()))
        .toList();
  }

  private static @Nullable JwtSpec effective(
      @Nullable PolicySpec route, @Nullable PolicySpec rule) {
    if (rule != null && rule.jwt() != null) {
      return rule.jwt();
    }
    return route == null ? null : route.jwt();
  }
}
