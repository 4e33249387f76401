package io.chancery.app.local;

import io.chancery.source.NearMiss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Fields of one YAML map, read strictly. A field that is missing or wrong becomes a problem and
 * reads as an empty value, so that all problems of a file are found at once; after the last field,
 * {@link #finish} finds the fields that nobody asked for.
 */
final class YamlMap {
  private final Node node;
  private final String path;
  private final YamlProblems problems;
  private final Map<String, Node> fields = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  private YamlMap(Node node, String path, YamlProblems problems) {
    this.node = node;
    this.path = path;
    this.problems = problems;
  }

  static YamlMap of(Node node, String path, YamlProblems problems) {
    YamlMap map = new YamlMap(node, path, problems);
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(map::add);
    } else {
      problems.add(node, path, "a map is expected");
    }
    return map;
  }

  private void add(NodeTuple field) {
    if (!(field.getKeyNode() instanceof ScalarNode key) || !key.getTag().equals(Tag.STR)) {
      problems.add(field.getKeyNode(), path, "a field name is expected");
    } else if (fields.put(key.getValue(), field.getValueNode()) != null) {
      problems.add(key, path(key.getValue()), "is there twice");
    }
  }

  /** Text that must be there and not be empty. */
  String text(String field) {
    return text(field, text -> !text.isBlank(), "text");
  }

  /** Text that must be there and fit; {@code expected} says in words what fits. */
  String text(String field, Predicate<String> fits, String expected) {
    return required(field).flatMap(value -> text(value, path(field), fits, expected)).orElse("");
  }

  /** Text that may be missing. */
  Optional<String> optionalText(String field) {
    return optional(field)
        .flatMap(value -> text(value, path(field), text -> !text.isBlank(), "text"));
  }

  /** A list of texts that all fit; empty if it is missing. */
  List<String> texts(String field, Predicate<String> fits, String expected) {
    List<String> texts = new ArrayList<>();
    items(field).forEach((at, item) -> text(item, at, fits, expected).ifPresent(texts::add));
    return texts;
  }

  private Optional<String> text(Node value, String at, Predicate<String> fits, String expected) {
    if (!(value instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.STR)) {
      String hint =
          value instanceof ScalarNode scalar ? "; write it as \"" + scalar.getValue() + "\"" : "";
      problems.add(value, at, "text is expected" + hint);
      return Optional.empty();
    }
    if (!fits.test(scalar.getValue())) {
      problems.add(value, at, "\"" + scalar.getValue() + "\" does not fit; expected: " + expected);
      return Optional.empty();
    }
    return Optional.of(scalar.getValue());
  }

  /** A whole number that must be there. */
  int integer(String field, int least, int most) {
    Optional<Node> value = required(field);
    if (value.isEmpty()) {
      return least;
    }
    if (value.get() instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
      // More digits than a port has cannot be in any range asked for, and would not parse.
      String digits = scalar.getValue();
      if (digits.matches("\\d{1,9}")
          && Integer.parseInt(digits) >= least
          && Integer.parseInt(digits) <= most) {
        return Integer.parseInt(digits);
      }
    }
    problems.add(
        value.get(), path(field), "a number from " + least + " to " + most + " is expected");
    return least;
  }

  /** One of the constants, which must be there. */
  <E extends Enum<E>> E choice(String field, Class<E> type) {
    List<String> names = Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    String chosen = text(field, names::contains, String.join(", ", names));
    return Enum.valueOf(type, chosen.isEmpty() ? names.getFirst() : chosen);
  }

  /** A map that must be there. */
  Optional<YamlMap> map(String field) {
    return required(field).map(value -> of(value, path(field), problems));
  }

  /** A list of maps; empty if it is missing. */
  <T> List<T> list(String field, Function<YamlMap, T> read) {
    List<T> list = new ArrayList<>();
    items(field).forEach((at, item) -> list.add(read.apply(of(item, at, problems))));
    return list;
  }

  /** A map of anything that JSON can say; empty if it is missing. */
  Map<String, Object> anything(String field) {
    return optional(field)
        .map(value -> new YamlTree(problems).map(value, path(field)))
        .orElse(Map.of());
  }

  /** Items by their path. */
  private Map<String, Node> items(String field) {
    Map<String, Node> items = new LinkedHashMap<>();
    optional(field)
        .ifPresent(value -> {
          if (value instanceof SequenceNode sequence) {
            sequence
                .getValue()
                .forEach(item -> items.put(path(field) + "[" + items.size() + "]", item));
          } else {
            problems.add(value, path(field), "a list is expected");
          }
        });
    return items;
  }

  private Optional<Node> required(String field) {
    Optional<Node> value = optional(field);
    // A node that is no map has had its problem already.
    if (value.isEmpty() && node instanceof MappingNode) {
      problem(field, "is missing");
    }
    return value;
  }

  private Optional<Node> optional(String field) {
    asked.add(field);
    return Optional.ofNullable(fields.get(field));
  }

  /** Notes a problem with a field. */
  void problem(String field, String reason) {
    problems.add(fields.getOrDefault(field, node), path(field), reason);
  }

  /** Call after the last field. */
  void finish() {
    fields.forEach((field, value) -> {
      if (!asked.contains(field)) {
        problems.add(value, path(field), "unknown field; " + known() + NearMiss.hint(field, asked));
      }
    });
  }

  private String known() {
    return asked.stream().collect(Collectors.joining(", ", "known are ", ""));
  }

  private String path(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }
}
