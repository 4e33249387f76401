package io.chancery.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A route of any kind, checked as far as that needs no other object.
 *
 * @param created {@link Instant#MAX} where the source does not know it
 * @param hostnames those of the listeners if empty
 * @param problems of the whole route, apart from those of its rules
 * @param stale why the newest generation cannot be used, where this is an earlier one that serves
 *     in its place; else empty
 */
public record Route(
    Ref ref,
    long generation,
    Instant created,
    List<Parent> parents,
    List<Hostname> hostnames,
    List<Rule> rules,
    List<Problem> problems,
    List<Problem> stale) {

  /** True if the route, or one of its rules, cannot be used as it was declared. */
  public boolean isFaulty() {
    return !problems.isEmpty() || rules.stream().anyMatch(rule -> !rule.problems().isEmpty());
  }

  /** The same, serving in place of a newer generation that has these problems. */
  public Route inPlaceOf(List<Problem> newer) {
    return new Route(ref, generation, created, parents, hostnames, rules, problems, newer);
  }

  /** All problems of the route and its rules. */
  public List<Problem> allProblems() {
    return Stream.concat(
            problems.stream(), rules.stream().flatMap(rule -> rule.problems().stream()))
        .toList();
  }

  /**
   * What the route wants to attach to.
   *
   * @param sectionName name of a listener; empty for all
   * @param port port of listeners; 0 for all
   */
  public record Parent(Ref ref, String sectionName, int port, String path) {}

  /**
   * One rule.
   *
   * @param name as the user gave it, or empty
   * @param key names what is made of the rule: its name, or a hash of what it matches; never its
   *     position
   * @param policies specifications by field of PolicySpec, the rule's own before those of the route
   * @param path where the rule stands in the object
   * @param problems that close the rule: it answers 500
   */
  public record Rule(
      String name,
      String key,
      List<Match> matches,
      Action action,
      Map<String, PolicyValue> policies,
      String path,
      List<Problem> problems) {}

  /**
   * The specification of a policy, and where it stands.
   *
   * @param spec a record of the module {@code crd}
   */
  public record PolicyValue(Record spec, String path) {}
}
