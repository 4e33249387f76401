package io.chancery.compile;

import io.chancery.model.Attachment;
import io.chancery.model.Condition;
import io.chancery.model.ObjectStatus;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.ResolvedRoute;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Status of routes, for each of their parents (Gateway API, {@code RouteParentStatus}). */
final class RouteStatuses {
  /** Reasons that concern references, and so the condition ResolvedRefs. */
  private static final Set<Reason> UNRESOLVED =
      EnumSet.of(
          Reason.BACKEND_NOT_FOUND,
          Reason.REF_NOT_FOUND,
          Reason.REF_NOT_PERMITTED,
          Reason.INVALID_KIND);

  private RouteStatuses() {}

  /**
   * The status of a route.
   *
   * @param held what is served instead, because the fleet refused the route
   */
  static ObjectStatus of(
      ResolvedRoute route, Attachment attachment, Set<String> fleets, Optional<HeldRoute> held) {
    List<Problem> problems = new ArrayList<>(route.problems());
    attachment.places().forEach(place -> place.refused().ifPresent(problems::add));
    if (route.route().parents().isEmpty()) {
      problems.add(
          new Problem(
              route.route().ref(),
              "spec.parentRefs",
              Reason.REQUIRED,
              "no Gateway is named; the route serves nothing"));
    }
    List<ObjectStatus.Parent> parents =
        attachment.places().stream().map(place -> parent(route, place, held)).toList();
    return new ObjectStatus(
        route.route().ref(),
        route.route().generation(),
        fleets,
        List.of(),
        parents,
        List.of(),
        problems.stream().distinct().sorted().toList());
  }

  private static ObjectStatus.Parent parent(
      ResolvedRoute route, Attachment.Place place, Optional<HeldRoute> held) {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(accepted(route, place.refused()));
    conditions.add(resolved(route));
    partiallyInvalid(route).ifPresent(conditions::add);
    held.ifPresent(it -> conditions.add(Condition.fails("Programmed", "Rejected", text(it))));
    return new ObjectStatus.Parent(
        place.parent().ref(),
        place.parent().sectionName(),
        place.parent().port(),
        List.copyOf(conditions));
  }

  private static Condition accepted(ResolvedRoute route, Optional<Problem> refused) {
    if (refused.isPresent()) {
      return Condition.fails(
          "Accepted", refused.get().reason().toString(), refused.get().message());
    }
    List<Problem> own = own(route);
    boolean allClosed = route.rules().stream().allMatch(ResolvedRoute.Rule::closed);
    return allClosed && !own.isEmpty()
        ? Condition.fails("Accepted", own.getFirst().reason().toString(), text(own))
        : Condition.holds("Accepted", "Accepted");
  }

  /** Some rules answer 500, others serve (Gateway API, {@code RouteConditionPartiallyInvalid}). */
  private static Optional<Condition> partiallyInvalid(ResolvedRoute route) {
    long closed = route.rules().stream().filter(ResolvedRoute.Rule::closed).count();
    if (closed == 0 || closed == route.rules().size() || own(route).isEmpty()) {
      return Optional.empty();
    }
    String reason = own(route).getFirst().reason().toString();
    return Optional.of(
        new Condition("PartiallyInvalid", Condition.Status.TRUE, reason, text(own(route))));
  }

  private static Condition resolved(ResolvedRoute route) {
    List<Problem> unresolved =
        route.problems().stream().filter(p -> UNRESOLVED.contains(p.reason())).toList();
    return unresolved.isEmpty()
        ? Condition.holds("ResolvedRefs", "ResolvedRefs")
        : Condition.fails(
            "ResolvedRefs", unresolved.getFirst().reason().toString(), text(unresolved));
  }

  private static String text(HeldRoute held) {
    String served =
        switch (held.form()) {
          case LAST_GOOD -> "what was programmed before is served";
          case CLOSED -> "its requests get 500";
          case ABSENT -> "nothing of it is served";
        };
    return served + ": " + held.text();
  }

  private static List<Problem> own(ResolvedRoute route) {
    return route.problems().stream().filter(p -> !UNRESOLVED.contains(p.reason())).toList();
  }

  private static String text(List<Problem> problems) {
    return problems.stream()
        .map(p -> p.path() + ": " + p.message())
        .collect(Collectors.joining("; "));
  }
}
