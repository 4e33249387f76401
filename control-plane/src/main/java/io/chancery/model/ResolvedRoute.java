package io.chancery.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A route with all its references followed.
 *
 * @param problems of the route and of its rules, those of references among them
 */
public record ResolvedRoute(Route route, List<Rule> rules, List<Problem> problems) {

  /**
   * One rule, ready to compile.
   *
   * @param closed the rule answers 500: something that it asks for cannot be had
   * @param backends of a rule that forwards
   * @param policies checked policies by field; what each record is, its policy knows
   */
  public record Rule(
      Route.Rule declared,
      boolean closed,
      List<WeightedBackend> backends,
      Map<String, Record> policies) {}

  /**
   * A share of the requests of a rule.
   *
   * @param backend empty if the reference cannot be followed: the share answers 500
   * @param weight greater than 0
   */
  public record WeightedBackend(Optional<BackendKey> backend, int weight) {}
}
