package io.chancery.status.kubernetes;

import io.chancery.model.Condition;
import io.chancery.model.ObjectStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The conditions of a route as a whole: one holds if it holds for all of its parents. */
final class Summary {
  private Summary() {}

  static List<Condition> of(List<ObjectStatus.Parent> parents) {
    Map<String, Condition> byType = new LinkedHashMap<>();
    for (ObjectStatus.Parent parent : parents) {
      for (Condition condition : parent.conditions()) {
        byType.merge(condition.type(), condition, Summary::worse);
      }
    }
    return List.copyOf(byType.values());
  }

  private static Condition worse(Condition a, Condition b) {
    return a.status() == Condition.Status.TRUE ? b : a;
  }
}
