package io.chancery.status.kubernetes;

import io.chancery.crd.Kinds;
import io.chancery.model.Condition;
import io.chancery.model.ObjectStatus;
import io.chancery.model.Problem;
import io.chancery.status.ObjectReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The status of an object as its kind has it, without the times of transition: those depend on what
 * the object said before.
 */
final class StatusDocument {
  /** As {@code maxItems} and {@code maxLength} of the definitions allow. */
  private static final int MAX_PROBLEMS = 64;

  private static final int MAX_MESSAGE = 32_768;
  private static final String PROGRAMMED = "Programmed";
  private static final String ROUTE = "Route";

  private StatusDocument() {}

  /** The fields of {@code status}, as JSON has them. */
  static Map<String, Object> of(ObjectReport report, String controller) {
    ObjectStatus status = report.status();
    Map<String, Object> document = new LinkedHashMap<>();
    switch (status.ref().kind()) {
      case "HTTPRoute" -> document.put("parents", parents(status, controller));
      case "Gateway" -> {
        document.put("conditions", conditions(status.conditions(), status));
        document.put(
            "listeners", status.listeners().stream().map(l -> listener(l, status)).toList());
      }
      case "GatewayClass" -> document.put("conditions", conditions(status.conditions(), status));
      default -> putOwn(report, controller, document);
    }
    return document;
  }

  /** Whether nodes have yet to acknowledge what is made of the object. */
  static boolean isPending(ObjectReport report) {
    return report.programmed().filter(p -> p.nodes() > p.acked() && p.rejected() == 0).isPresent();
  }

  private static void putOwn(ObjectReport report, String controller, Map<String, Object> document) {
    ObjectStatus status = report.status();
    boolean isRoute = status.ref().kind().equals(ROUTE);
    List<Condition> conditions = isRoute ? Summary.of(status.parents()) : status.conditions();
    document.put("conditions", conditions(conditions, status));
    if (isRoute) {
      document.put("parents", parents(status, controller));
    }
    document.put(
        "problems",
        status.problems().stream().limit(MAX_PROBLEMS).map(StatusDocument::of).toList());
  }

  private static List<Object> parents(ObjectStatus status, String controller) {
    List<Object> parents = new ArrayList<>();
    for (ObjectStatus.Parent parent : status.parents()) {
      Map<String, Object> ref = new LinkedHashMap<>();
      ref.put("group", Kinds.GATEWAY_GROUP);
      ref.put("kind", parent.ref().kind());
      ref.put("namespace", parent.ref().namespace());
      ref.put("name", parent.ref().name());
      if (!parent.sectionName().isEmpty()) {
        ref.put("sectionName", parent.sectionName());
      }
      if (parent.port() != 0) {
        ref.put("port", parent.port());
      }
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("parentRef", ref);
      entry.put("controllerName", controller);
      entry.put("conditions", conditions(parent.conditions(), status));
      parents.add(entry);
    }
    return parents;
  }

  private static Map<String, Object> listener(ObjectStatus.Listener listener, ObjectStatus status) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", listener.name());
    entry.put("attachedRoutes", listener.attachedRoutes());
    entry.put(
        "supportedKinds", listener.supportedKinds().stream().map(StatusDocument::kind).toList());
    entry.put("conditions", conditions(listener.conditions(), status));
    return entry;
  }

  private static Map<String, Object> kind(String name) {
    String group = Kinds.named(name).map(kind -> kind.group()).orElse(Kinds.GATEWAY_GROUP);
    return Map.of("group", group, "kind", name);
  }

  private static List<Object> conditions(List<Condition> conditions, ObjectStatus status) {
    List<Object> all = new ArrayList<>();
    for (Condition condition : conditions) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("type", condition.type());
      entry.put("status", condition.status().toString());
      entry.put("reason", condition.reason());
      entry.put("message", cut(message(condition)));
      entry.put("observedGeneration", status.generation());
      all.add(entry);
    }
    return all;
  }

  /** How many nodes are done changes with each of them: who wants to know asks the admin API. */
  private static String message(Condition condition) {
    return condition.type().equals(PROGRAMMED) && condition.reason().equals("Pending")
        ? "not all nodes of the fleet run it yet"
        : condition.message();
  }

  private static Map<String, Object> of(Problem problem) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("path", problem.path());
    entry.put("reason", problem.reason().toString());
    entry.put("message", cut(problem.message()));
    return entry;
  }

  private static String cut(String text) {
    return text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE) : text;
  }
}
