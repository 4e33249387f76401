package io.chancery.source.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Looks into a tree of nodes. */
final class Tree {
  private Tree() {}

  /** Members of a mapping, by key, in order; empty for any other node. */
  static Map<String, Node> members(Node node) {
    Map<String, Node> members = new LinkedHashMap<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        members.put(((ScalarNode) tuple.getKeyNode()).getValue(), tuple.getValueNode());
      }
    }
    return members;
  }

  static Optional<Node> member(Node node, String key) {
    return Optional.ofNullable(members(node).get(key));
  }

  /** The text of a string scalar; empty for any other node. */
  static Optional<String> string(Node node) {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  /** What a node is, in the words of a message: {@code the string "x"}, {@code a list}. */
  static String describe(Node node) {
    return switch (node) {
      case MappingNode _ -> "a map";
      case SequenceNode _ -> "a list";
      case ScalarNode scalar when isNull(scalar) -> "null";
      case ScalarNode scalar when scalar.getTag().equals(Tag.STR) ->
          "the string " + Text.quoted(scalar.getValue());
      case ScalarNode scalar when scalar.getTag().equals(Tag.BOOL) ->
          "the boolean " + scalar.getValue();
      case ScalarNode scalar -> "the number " + Text.printable(scalar.getValue());
      default -> "something else";
    };
  }

  /** Plain Java values: for fields that are kept as they are. */
  static Object plain(Node node) {
    return switch (node) {
      case MappingNode _ -> {
        Map<String, Object> map = new LinkedHashMap<>();
        members(node).forEach((key, value) -> map.put(key, plain(value)));
        yield map;
      }
      case SequenceNode sequence -> sequence.getValue().stream().map(Tree::plain).toList();
      case ScalarNode scalar -> scalar.getValue();
      default -> List.of();
    };
  }

  /** The node at a path such as {@code spec.rules[1].name}, or its nearest parent that is there. */
  static Node nearest(Node root, String path) {
    Node node = root;
    for (String step : path.replace("[", ".[").split("\\.", -1)) {
      Optional<Node> next = step.isEmpty() ? Optional.of(node) : step(node, step);
      if (next.isEmpty()) {
        return node;
      }
      node = next.get();
    }
    return node;
  }

  private static Optional<Node> step(Node node, String step) {
    if (step.startsWith("[") && step.endsWith("]") && node instanceof SequenceNode sequence) {
      String index = step.substring(1, step.length() - 1);
      return index.matches("[0-9]{1,6}") && Integer.parseInt(index) < sequence.getValue().size()
          ? Optional.of(sequence.getValue().get(Integer.parseInt(index)))
          : Optional.empty();
    }
    return member(node, step);
  }
}
