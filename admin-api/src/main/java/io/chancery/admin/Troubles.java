package io.chancery.admin;

import io.chancery.admin.view.ConditionView;
import io.chancery.admin.view.ObjectView;
import java.util.Set;
import java.util.stream.Stream;

/** Finds objects that somebody should look at. */
final class Troubles {
  /** Conditions that say something bad when they hold (Gateway API). */
  private static final Set<String> NEGATIVE = Set.of("Conflicted", "PartiallyInvalid");

  private Troubles() {}

  static boolean has(ObjectView object) {
    Stream<ConditionView> parents = object.parents().stream().flatMap(p -> p.conditions().stream());
    Stream<ConditionView> listeners =
        object.listeners().stream().flatMap(l -> l.conditions().stream());
    return !object.problems().isEmpty()
        || Stream.of(object.conditions().stream(), parents, listeners)
            .flatMap(conditions -> conditions)
            .anyMatch(Troubles::isBad);
  }

  private static boolean isBad(ConditionView condition) {
    return condition.status().equals("True") == NEGATIVE.contains(condition.type());
  }
}
