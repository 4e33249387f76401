package io.chancery.inspect;

import io.chancery.model.Condition;
import io.chancery.model.ObjectStatus;
import io.chancery.model.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Statuses as trees of plain values, as they are printed. */
public final class StatusTrees {
  private StatusTrees() {}

  /** The status of one object; what is empty is left out. */
  public static Map<String, Object> of(ObjectStatus status) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("kind", status.ref().kind());
    putIf(tree, "namespace", status.ref().namespace());
    tree.put("name", status.ref().name());
    tree.put("observedGeneration", status.generation());
    putIf(tree, "fleets", status.fleets().stream().sorted().toList());
    putIf(tree, "conditions", conditions(status.conditions()));
    putIf(tree, "parents", status.parents().stream().map(StatusTrees::of).toList());
    putIf(tree, "listeners", status.listeners().stream().map(StatusTrees::of).toList());
    putIf(tree, "problems", status.problems().stream().map(StatusTrees::of).toList());
    return tree;
  }

  private static Map<String, Object> of(ObjectStatus.Parent parent) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("parent", parent.ref().toString());
    putIf(tree, "sectionName", parent.sectionName());
    if (parent.port() != 0) {
      tree.put("port", parent.port());
    }
    tree.put("conditions", conditions(parent.conditions()));
    return tree;
  }

  private static Map<String, Object> of(ObjectStatus.Listener listener) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", listener.name());
    tree.put("attachedRoutes", listener.attachedRoutes());
    tree.put("supportedKinds", listener.supportedKinds());
    tree.put("conditions", conditions(listener.conditions()));
    return tree;
  }

  private static Map<String, Object> of(Problem problem) {
    Map<String, Object> tree = new LinkedHashMap<>();
    putIf(tree, "path", problem.path());
    tree.put("reason", problem.reason().toString());
    tree.put("message", problem.message());
    return tree;
  }

  private static List<Map<String, Object>> conditions(List<Condition> conditions) {
    return conditions.stream().map(StatusTrees::of).toList();
  }

  private static Map<String, Object> of(Condition condition) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("type", condition.type());
    tree.put("status", condition.status().toString());
    tree.put("reason", condition.reason());
    putIf(tree, "message", condition.message());
    return tree;
  }

  private static void putIf(Map<String, Object> tree, String key, Object value) {
    if (!value.equals("") && !value.equals(List.of())) {
      tree.put(key, value);
    }
  }
}
