package io.chancery.source.decode;

import io.chancery.model.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Tries the rules of a record and of all that is in it. */
final class RuleCheck {
  private final Problems problems;

  RuleCheck(Problems problems) {
    this.problems = problems;
  }

  /**
   * Reports each rule that does not hold.
   *
   * @param node bound to the record without problems
   */
  void check(Class<?> record, Node node, String path) {
    RuleTree tree = RuleTree.of(record);
    if (!tree.isEmpty()) {
      check(tree, Defaulted.of(record, node), Optional.of(node), path);
    }
  }

  /**
   * Tries the rules of one value.
   *
   * @param written empty if the value is a default
   */
  private void check(RuleTree tree, Object value, Optional<Node> written, String path) {
    for (FieldRule rule : tree.rules()) {
      if (!rule.holds(value)) {
        problems.add(path + rule.at(), rule.reason(), rule.message() + found(rule, written));
      }
    }
    if (value instanceof Map<?, ?> map) {
      tree.fields()
          .forEach((name, below) ->
              member(below, map.get(name), field(written, name), path + "." + name));
    }
    if (value instanceof List<?> list && !tree.keys().isEmpty()) {
      checkKeys(tree.keys(), list, path);
    }
    tree.members().ifPresent(each -> members(each, value, written, path));
  }

  /** As the API server does with a list that is a map ({@code x-kubernetes-list-map-keys}). */
  private void checkKeys(List<String> keys, List<?> list, String path) {
    Set<List<String>> seen = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      Map<?, ?> member = (Map<?, ?>) list.get(i);
      List<String> key = keys.stream().map(name -> String.valueOf(member.get(name))).toList();
      if (!seen.add(key)) {
        String message =
            "another member has the same %s, %s"
                .formatted(String.join(" and ", keys), Text.quoted(String.join(":", key)));
        problems.add(path + "[" + i + "]", Reason.DUPLICATE, message);
      }
    }
  }

  private void members(RuleTree tree, Object value, Optional<Node> written, String path) {
    switch (value) {
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          member(tree, list.get(i), item(written, i), path + "[" + i + "]");
        }
      }
      case Map<?, ?> map ->
          map.forEach((key, member) -> {
            String name = String.valueOf(key);
            member(tree, member, field(written, name), path + "[" + Text.printable(name) + "]");
          });
      default -> throw new IllegalStateException("rules of members stand at a list or map only");
    }
  }

  private void member(RuleTree tree, @Nullable Object value, Optional<Node> written, String path) {
    if (value != null) {
      check(tree, value, written, path);
    }
  }

  private static Optional<Node> field(Optional<Node> written, String name) {
    return written.flatMap(node -> Tree.member(node, name));
  }

  private static Optional<Node> item(Optional<Node> written, int index) {
    return written.map(node -> ((SequenceNode) node).getValue().get(index));
  }

  /** The offending value, in the words of a message; nothing of what was not written. */
  private static String found(FieldRule rule, Optional<Node> written) {
    Optional<Node> blamed = rule.at().isEmpty() ? written : field(written, rule.at().substring(1));
    return blamed.map(node -> "; found " + describe(node)).orElse("");
  }

  private static String describe(Node node) {
    return switch (node) {
      case MappingNode map when map.getValue().isEmpty() -> "no field";
      case MappingNode map ->
          "the fields " + Text.printable(String.join(", ", Tree.members(map).keySet()));
      case SequenceNode list -> list.getValue().size() + " entries";
      default -> Tree.describe(node);
    };
  }
}
