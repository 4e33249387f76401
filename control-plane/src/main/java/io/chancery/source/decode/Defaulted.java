package io.chancery.source.decode;

import io.chancery.source.decode.Shape.Component;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A value as rules see it, and as an API server would store it: what was written, and the defaults
 * of what was not. Unlike in the records, a list that was not written is not there.
 */
final class Defaulted {
  private Defaulted() {}

  /** The fields of a node that was bound to the record without problems. */
  static Map<String, Object> of(Class<?> record, Node node) {
    Map<String, Node> members = Tree.members(node);
    Map<String, Object> values = new LinkedHashMap<>();
    for (Component component : Shape.of(record).components().values()) {
      Object value = component(component, members.get(component.name()));
      if (value != null) {
        values.put(component.name(), value);
      }
    }
    return values;
  }

  private static @Nullable Object component(Component component, @Nullable Node node) {
    if (node != null && !Tree.isNull(node)) {
      return value(component.value(), node);
    }
    return switch (component.absent()) {
      case null -> null;
      case Integer number -> number.longValue();
      case Enum<?> word -> word.name();
      case List<?> _, Map<?, ?> _ -> null;
      case Object scalar -> scalar;
    };
  }

  private static Object value(Shape.Value value, Node node) {
    Shape.Value member = value.member();
    if (member == null) {
      return value.type().isRecord() ? of(value.type(), node) : Tree.plain(node);
    }
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().map(item -> value(member, item)).toList();
    }
    Map<String, Object> values = new LinkedHashMap<>();
    Tree.members(node).forEach((key, item) -> values.put(key, value(member, item)));
    return values;
  }
}
