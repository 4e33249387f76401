package io.chancery.status.kubernetes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written over the status that an object has: conditions that did not turn keep their
 * time, and entries of other controllers in {@code status.parents} stay as they are.
 */
final class StatusMerge {
  private static final String CONDITIONS = "conditions";
  private static final String TIME = "lastTransitionTime";
  private static final String PARENTS = "parents";
  private static final String CONTROLLER = "controllerName";

  private final String controller;
  private final String now;

  /**
   * Merges.
   *
   * @param now in RFC 3339, for conditions that turn
   */
  StatusMerge(String controller, String now) {
    this.controller = controller;
    this.now = now;
  }

  /** The status to write; equal to the fields of {@code before} that it has if nothing changed. */
  Map<String, Object> merge(Map<?, ?> before, Map<String, Object> wanted) {
    Map<String, Object> merged = new LinkedHashMap<>();
    wanted.forEach((field, value) -> merged.put(field, value(field, value, before)));
    return merged;
  }

  private Object value(String field, Object wanted, Map<?, ?> before) {
    return switch (field) {
      case CONDITIONS -> conditions(list(wanted), list(before.get(CONDITIONS)));
      case PARENTS -> parents(list(wanted), list(before.get(PARENTS)));
      case "listeners" -> listeners(list(wanted), list(before.get("listeners")));
      default -> wanted;
    };
  }

  private List<Object> conditions(List<?> wanted, List<?> before) {
    List<Object> merged = new ArrayList<>();
    for (Object one : wanted) {
      Map<String, Object> condition = copy(one);
      Object time = now;
      for (Object old : before) {
        if (old instanceof Map<?, ?> earlier
            && Objects.equals(earlier.get("type"), condition.get("type"))
            && Objects.equals(earlier.get("status"), condition.get("status"))
            && earlier.get(TIME) != null) {
          time = Objects.requireNonNull(earlier.get(TIME));
        }
      }
      condition.put(TIME, time);
      merged.add(condition);
    }
    return merged;
  }

  /** Those of others first, in their order: they were there before, or come back by themselves. */
  private List<Object> parents(List<?> wanted, List<?> before) {
    List<Object> merged = new ArrayList<>();
    for (Object old : before) {
      if (old instanceof Map<?, ?> entry && !controller.equals(entry.get(CONTROLLER))) {
        merged.add(entry);
      }
    }
    wanted.forEach(one -> merged.add(withConditions(one, before, "parentRef")));
    return merged;
  }

  private List<Object> listeners(List<?> wanted, List<?> before) {
    List<Object> merged = new ArrayList<>();
    wanted.forEach(one -> merged.add(withConditions(one, before, "name")));
    return merged;
  }

  /** An entry with its conditions merged into those of the entry before that has the same key. */
  private Map<String, Object> withConditions(Object one, List<?> before, String key) {
    Map<String, Object> entry = copy(one);
    Map<?, ?> earlier = find(before, key, entry.get(key));
    entry.put(CONDITIONS, conditions(list(entry.get(CONDITIONS)), list(earlier.get(CONDITIONS))));
    return entry;
  }

  private Map<?, ?> find(List<?> entries, String key, @Nullable Object value) {
    for (Object one : entries) {
      if (one instanceof Map<?, ?> entry
          && Objects.equals(value, entry.get(key))
          && (!entry.containsKey(CONTROLLER) || controller.equals(entry.get(CONTROLLER)))) {
        return entry;
      }
    }
    return Map.of();
  }

  private static Map<String, Object> copy(Object entry) {
    Map<String, Object> copy = new LinkedHashMap<>();
    ((Map<?, ?>) entry).forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  /**
   * Whether an object says already what is to be written, field by field. Numbers are compared by
   * value: a parser makes the smallest type of each.
   */
  static boolean says(Map<?, ?> before, Map<String, Object> wanted) {
    return wanted.entrySet().stream()
        .allMatch(field -> same(before.get(field.getKey()), field.getValue()));
  }

  private static boolean same(@Nullable Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return x.longValue() == y.longValue();
    }
    if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
      return x.keySet().equals(y.keySet())
          && y.entrySet().stream()
              .allMatch(
                  entry -> same(x.get(entry.getKey()), Objects.requireNonNull(entry.getValue())));
    }
    if (b instanceof List<?> y) {
      List<?> x = list(a);
      if (x.size() != y.size()) {
        return false;
      }
      for (int i = 0; i < y.size(); i++) {
        if (!same(x.get(i), Objects.requireNonNull(y.get(i)))) {
          return false;
        }
      }
      return true;
    }
    return b.equals(a);
  }
}
