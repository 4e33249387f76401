package io.chancery.app.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML nodes as text, numbers, booleans, lists and maps. */
final class YamlTree {
  /** Deep enough for claims; also ends a node that contains itself by an alias. */
  private static final int MAX_DEPTH = 8;

  private final YamlProblems problems;

  YamlTree(YamlProblems problems) {
    this.problems = problems;
  }

  Map<String, Object> map(Node node, String path) {
    if (node instanceof MappingNode mapping) {
      return map(mapping, path, 1);
    }
    problems.add(node, path, "a map is expected");
    return Map.of();
  }

  private Map<String, Object> map(MappingNode node, String path, int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    node.getValue()
        .forEach(field -> {
          String key = field.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
          value(field.getValueNode(), path + "." + key, depth)
              .ifPresent(value -> map.put(key, value));
        });
    return map;
  }

  private List<Object> list(SequenceNode node, String path, int depth) {
    List<Object> list = new ArrayList<>();
    node.getValue().forEach(item -> value(item, path + "[]", depth).ifPresent(list::add));
    return list;
  }

  private Optional<Object> value(Node node, String path, int depth) {
    if (depth == MAX_DEPTH) {
      problems.add(node, path, "is nested deeper than " + MAX_DEPTH + " levels");
      return Optional.empty();
    }
    return switch (node) {
      case MappingNode mapping -> Optional.of(map(mapping, path, depth + 1));
      case SequenceNode sequence -> Optional.of(list(sequence, path, depth + 1));
      case ScalarNode scalar -> scalar(scalar, path);
      default -> Optional.empty();
    };
  }

  private Optional<Object> scalar(ScalarNode node, String path) {
    String text = node.getValue();
    Tag tag = node.getTag();
    if (tag.equals(Tag.STR)) {
      return Optional.of(text);
    }
    if (tag.equals(Tag.BOOL)) {
      return Optional.of(Boolean.valueOf(text));
    }
    try {
      if (tag.equals(Tag.INT)) {
        return Optional.of(Long.valueOf(text));
      }
      if (tag.equals(Tag.FLOAT)) {
        return Optional.of(Double.valueOf(text));
      }
    } catch (NumberFormatException _) {
      // Falls through to the problem: a number that JSON cannot say.
    }
    problems.add(node, path, "text, a number or a boolean is expected");
    return Optional.empty();
  }
}
