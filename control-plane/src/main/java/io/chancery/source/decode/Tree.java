package io.chancery.source.decode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Looks into a tree of nodes. */
public final class Tree {
  /** A {@code long} has at most 19 digits; longer texts are not worth exact arithmetic. */
  private static final int MAX_EXACT_DIGITS = 18;

  private Tree() {}

  /** Members of a mapping, by key, in order; empty for any other node. */
  public static Map<String, Node> members(Node node) {
    Map<String, Node> members = new LinkedHashMap<>();
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(tuple -> members.put(key(tuple), tuple.getValueNode()));
    }
    return members;
  }

  /** A member that is there and not null. */
  public static Optional<Node> member(Node node, String key) {
    return tuple(node, key).map(NodeTuple::getValueNode).filter(value -> !isNull(value));
  }

  /** The text of a string scalar; empty for any other node. */
  public static Optional<String> string(Node node) {
    return node instanceof ScalarNode scalar && is(scalar, Tag.STR)
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  /**
   * The value of a whole number that is no larger than an {@code int}; empty for any other node.
   */
  public static Optional<Integer> number(Node node) {
    return node instanceof ScalarNode scalar
            && is(scalar, Tag.INT)
            && scalar.getValue().length() < 10
        ? Optional.of(Integer.valueOf(scalar.getValue()))
        : Optional.empty();
  }

  /** Whether a node is a null. */
  public static boolean isNull(Node node) {
    return is(node, Tag.NULL);
  }

  static boolean is(Node node, Tag tag) {
    return node.getTag().equals(tag);
  }

  /** What a node is, in the words of a message: {@code the string "x"}, {@code a list}. */
  public static String describe(Node node) {
    return switch (node) {
      case ScalarNode scalar when is(scalar, Tag.STR) ->
          "the string " + Text.quoted(scalar.getValue());
      case ScalarNode scalar when !isNull(scalar) ->
          (is(node, Tag.BOOL) ? "the boolean " : "the number ") + Text.printable(scalar.getValue());
      default -> describeType(node);
    };
  }

  /** The same without the value, which may be a secret. */
  static String describeType(Node node) {
    return switch (node) {
      case MappingNode _ -> "a map";
      case SequenceNode _ -> "a list";
      case Node scalar when isNull(scalar) -> "null";
      case Node scalar when is(scalar, Tag.STR) -> "a string";
      case Node scalar when is(scalar, Tag.BOOL) -> "a boolean";
      default -> "a number";
    };
  }

  /**
   * Plain Java values, for fields that are kept as they are: maps, lists, strings, booleans, {@code
   * Long} and {@code Double}. A null member is left out, as if it were absent.
   */
  static Object plain(Node node) {
    return switch (node) {
      case MappingNode mapping -> {
        Map<String, Object> map = new LinkedHashMap<>();
        members(mapping).forEach((key, value) -> putPlain(map, key, value));
        yield Collections.unmodifiableMap(map);
      }
      case SequenceNode sequence -> {
        List<Object> list = new ArrayList<>();
        sequence.getValue().stream().filter(n -> !isNull(n)).forEach(n -> list.add(plain(n)));
        yield Collections.unmodifiableList(list);
      }
      case ScalarNode scalar when is(scalar, Tag.BOOL) -> Boolean.valueOf(scalar.getValue());
      case ScalarNode scalar when is(scalar, Tag.INT) -> plainNumber(scalar.getValue());
      case ScalarNode scalar when is(scalar, Tag.FLOAT) -> plainFloat(scalar.getValue());
      case ScalarNode scalar -> scalar.getValue();
      default -> throw new IllegalStateException("a tree has no node of " + node.getNodeType());
    };
  }

  /** The line of a node, counted from 1; 1 if the tree does not come from a text. */
  public static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  /** The line of a field such as {@code spec.rules[1].name}, or of its nearest parent there is. */
  public static int line(Node root, String path) {
    Node node = root;
    int line = line(root);
    for (String step : steps(path)) {
      Optional<NodeTuple> member = tuple(node, step);
      Optional<Node> next = member.map(NodeTuple::getValueNode).or(item(node, step));
      if (next.isEmpty()) {
        return line;
      }
      node = next.get();
      line = line(member.map(NodeTuple::getKeyNode).orElse(node));
    }
    return line;
  }

  /** {@code a.b[c.d].e} has the steps a, b, c.d and e. */
  private static List<String> steps(String path) {
    List<String> steps = new ArrayList<>();
    int start = 0;
    boolean bracket = false;
    for (int i = 0; i <= path.length(); i++) {
      char c = i == path.length() ? '.' : path.charAt(i);
      if (bracket ? c == ']' : c == '.' || c == '[') {
        steps.add(path.substring(start, i));
        start = i + 1;
      }
      bracket = bracket ? c != ']' : c == '[';
    }
    steps.removeIf(String::isEmpty);
    return steps;
  }

  private static Optional<NodeTuple> tuple(Node node, String key) {
    return node instanceof MappingNode mapping
        ? mapping.getValue().stream().filter(tuple -> key(tuple).equals(key)).findFirst()
        : Optional.empty();
  }

  private static Supplier<Optional<Node>> item(Node node, String step) {
    return () ->
        node instanceof SequenceNode sequence
                && step.matches("[0-9]{1,6}")
                && Integer.parseInt(step) < sequence.getValue().size()
            ? Optional.of(sequence.getValue().get(Integer.parseInt(step)))
            : Optional.empty();
  }

  private static String key(NodeTuple tuple) {
    return ((ScalarNode) tuple.getKeyNode()).getValue();
  }

  private static void putPlain(Map<String, Object> map, String key, Node value) {
    if (!isNull(value)) {
      map.put(key, plain(value));
    }
  }

  private static Object plainNumber(String text) {
    return text.length() <= MAX_EXACT_DIGITS
        ? (Object) Long.valueOf(text)
        : (Object) plainFloat(text);
  }

  /** YAML spells infinity and not-a-number with a dot before. */
  private static Double plainFloat(String text) {
    return switch (text) {
      case ".inf" -> Double.POSITIVE_INFINITY;
      case "-.inf" -> Double.NEGATIVE_INFINITY;
      case ".nan" -> Double.NaN;
      default -> Double.valueOf(text);
    };
  }
}
