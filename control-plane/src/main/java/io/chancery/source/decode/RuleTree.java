package io.chancery.source.decode;

import io.chancery.source.decode.Shape.Component;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of a value and of all that is in it. Compiled once for each record; branches without
 * rules are left out, so that a kind without rules costs nothing.
 *
 * @param rules of the value itself
 * @param keys of a list: fields in which no two members are the same
 * @param fields of a record, by name
 * @param members of a list or map, each
 */
record RuleTree(
    List<FieldRule> rules,
    List<String> keys,
    Map<String, RuleTree> fields,
    Optional<RuleTree> members) {
  private static final ClassValue<RuleTree> TREES =
      new ClassValue<>() {
        @Override
        protected RuleTree computeValue(Class<?> type) {
          return read(type);
        }
      };

  /** The rules of a record. */
  static RuleTree of(Class<?> record) {
    return TREES.get(record);
  }

  boolean isEmpty() {
    return rules.isEmpty() && keys.isEmpty() && fields.isEmpty() && members.isEmpty();
  }

  private static RuleTree read(Class<?> record) {
    Map<String, RuleTree> fields = new LinkedHashMap<>();
    for (Component component : Shape.of(record).components().values()) {
      RuleTree tree = of(component.value()).with(component);
      if (!tree.isEmpty()) {
        fields.put(component.name(), tree);
      }
    }
    List<ValidationRule> own = List.of(record.getAnnotationsByType(ValidationRule.class));
    return new RuleTree(
        own.stream().map(FieldRule::of).toList(), List.of(), fields, Optional.empty());
  }

  private static RuleTree of(Shape.Value value) {
    if (value.member() != null) {
      Optional<RuleTree> members = Optional.of(of(value.member())).filter(tree -> !tree.isEmpty());
      return new RuleTree(List.of(), List.of(), Map.of(), members);
    }
    return value.type().isRecord()
        ? of(value.type())
        : new RuleTree(List.of(), List.of(), Map.of(), Optional.empty());
  }

  private RuleTree with(Component component) {
    List<FieldRule> all = new ArrayList<>(rules);
    component.rules().forEach(rule -> all.add(FieldRule.of(rule)));
    return new RuleTree(List.copyOf(all), component.keys(), fields, members);
  }
}
