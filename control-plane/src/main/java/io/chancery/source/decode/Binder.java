package io.chancery.source.decode;

import io.chancery.crd.ObjectKind.Fields;
import io.chancery.model.Reason;
import io.chancery.source.NearMiss;
import io.chancery.source.decode.Shape.Bounds;
import io.chancery.source.decode.Shape.Component;
import io.chancery.source.decode.Shape.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** From a tree to a record, with every problem on the way, not only the first. */
final class Binder {
  private final boolean closed;
  private final boolean secret;
  private final Problems problems;

  /**
   * Binds records of one object.
   *
   * @param fields what to do with fields that a record does not have
   * @param secret whether values must not be shown in messages
   */
  Binder(Fields fields, boolean secret, Problems problems) {
    this.closed = fields == Fields.CLOSED;
    this.secret = secret;
    this.problems = problems;
  }

  /**
   * The record, or null if a problem was found in it.
   *
   * @param path of the record within the object; empty for the object itself
   * @param others fields beside those of the record that are known and not read
   */
  @Nullable Record record(Class<?> type, Node node, String path, Set<String> others) {
    if (!(node instanceof MappingNode)) {
      wrongType(path, node, "a map");
      return null;
    }
    int before = problems.count();
    Shape shape = Shape.of(type);
    Map<String, Node> members = Tree.members(node);
    if (closed) {
      members.keySet().stream()
          .filter(name -> !shape.components().containsKey(name) && !others.contains(name))
          .forEach(name -> unknown(name, path, shape.components().keySet()));
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (Component component : shape.components().values()) {
      String at = join(path, component.name());
      values.add(component(component, members.get(component.name()), at));
    }
    return problems.count() > before ? null : construct(shape, values);
  }

  /** Reports a field that nobody knows. */
  void unknown(String name, String path, Set<String> known) {
    String hint = NearMiss.hint(name, known);
    String message = "there is no field " + Text.quoted(name) + hint;
    problems.add(join(path, Text.printable(name)), Reason.UNKNOWN_FIELD, message);
  }

  private static Record construct(Shape shape, List<@Nullable Object> values) {
    try {
      return (Record) (Object) shape.constructor().invokeExact(values.toArray());
    } catch (RuntimeException | Error cause) {
      throw cause;
    } catch (Throwable cause) {
      throw new IllegalStateException("a record of ours threw a checked exception", cause);
    }
  }

  private @Nullable Object component(Component component, @Nullable Node node, String path) {
    if (node != null && !Tree.isNull(node)) {
      return value(component.value(), node, path);
    }
    if (component.required()) {
      problems.add(
          path, Reason.REQUIRED, "the field is required" + (node == null ? "" : ", not null"));
    }
    return component.absent();
  }

  private @Nullable Object value(Value value, Node node, String path) {
    Class<?> type = value.type();
    if (value.member() != null) {
      return type == List.class
          ? list(value.bounds(), value.member(), node, path)
          : map(value.bounds(), value.member(), node, path);
    }
    if (type.isRecord()) {
      return record(type, node, path, Set.of());
    }
    return type == Object.class ? Tree.plain(node) : scalar(value, node, path);
  }

  private @Nullable Object scalar(Value value, Node node, String path) {
    return switch (Scalars.read(value, node)) {
      case Scalars.Good(Object good) -> good;
      case Scalars.Invalid(String message) -> {
        problems.add(path, Reason.INVALID, secret ? "the value is not allowed" : message);
        yield null;
      }
      case Scalars.Unexpected(String expected) -> {
        wrongType(path, node, expected);
        yield null;
      }
    };
  }

  private @Nullable Object list(Bounds bounds, Value member, Node node, String path) {
    if (!(node instanceof SequenceNode sequence)) {
      wrongType(path, node, "a list");
      return null;
    }
    List<Node> items = sequence.getValue();
    if (!checkSize(bounds, items.size(), path)) {
      return null; // Without a look into what may be a very long list.
    }
    List<@Nullable Object> values = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      values.add(member(member, items.get(i), path + "[" + i + "]"));
    }
    return Collections.unmodifiableList(values);
  }

  private @Nullable Object map(Bounds bounds, Value member, Node node, String path) {
    if (!(node instanceof MappingNode)) {
      wrongType(path, node, "a map");
      return null;
    }
    Map<String, Node> members = Tree.members(node);
    if (!checkSize(bounds, members.size(), path)) {
      return null;
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    members.forEach((key, value) ->
        values.put(key, member(member, value, path + "[" + Text.printable(key) + "]")));
    return Collections.unmodifiableMap(values);
  }

  private @Nullable Object member(Value member, Node node, String path) {
    if (Tree.isNull(node)) {
      problems.add(path, Reason.REQUIRED, "a value is required, not null");
      return null;
    }
    return value(member, node, path);
  }

  private boolean checkSize(Bounds bounds, int size, String path) {
    if (size >= bounds.minSize() && size <= bounds.maxSize()) {
      return true;
    }
    String allowed = Scalars.range(bounds.minSize(), bounds.maxSize());
    problems.add(path, Reason.INVALID, size + " entries; " + allowed + " are allowed");
    return false;
  }

  private void wrongType(String path, Node node, String expected) {
    String found = secret ? Tree.describeType(node) : Tree.describe(node);
    problems.add(path, Reason.WRONG_TYPE, expected + " is expected, not " + found);
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
