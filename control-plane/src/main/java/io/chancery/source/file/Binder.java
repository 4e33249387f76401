package io.chancery.source.file;

import io.chancery.crd.ObjectKind.Fields;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.source.NearMiss;
import io.chancery.source.file.Shape.Bounds;
import io.chancery.source.file.Shape.Component;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** From a tree to a record, with every problem on the way, not only the first. */
final class Binder {
  private final Ref on;
  private final Fields fields;
  private final List<Problem> problems;

  Binder(Ref on, Fields fields, List<Problem> problems) {
    this.on = on;
    this.fields = fields;
    this.problems = problems;
  }

  /** The record, or null if a problem was found in it. */
  @Nullable Object record(Class<?> type, Node node, String path, List<String> others) {
    if (!(node instanceof MappingNode)) {
      wrongType(path, node, "a map");
      return null;
    }
    int before = problems.size();
    Shape shape = Shape.of(type);
    Map<String, Node> members = Tree.members(node);
    if (fields == Fields.CLOSED) {
      members.keySet().stream()
          .filter(name -> !shape.components().containsKey(name) && !others.contains(name))
          .forEach(name -> unknown(name, path, shape));
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (Component component : shape.components().values()) {
      values.add(component(component, members.get(component.name()), join(path, component.name())));
    }
    return problems.size() > before ? null : construct(shape, values);
  }

  private static Object construct(Shape shape, List<@Nullable Object> values) {
    try {
      return shape.constructor().invokeExact(values.toArray());
    } catch (RuntimeException | Error cause) {
      throw cause;
    } catch (Throwable cause) {
      throw new IllegalStateException("a record of ours threw a checked exception", cause);
    }
  }

  private void unknown(String name, String path, Shape shape) {
    String message =
        "there is no field " + Text.quoted(name) + NearMiss.hint(name, shape.components().keySet());
    problems.add(new Problem(on, join(path, Text.printable(name)), Reason.UNKNOWN_FIELD, message));
  }

  private @Nullable Object component(Component component, @Nullable Node node, String path) {
    if (node == null || Tree.isNull(node)) {
      if (component.required()) {
        problems.add(
            new Problem(
                on,
                path,
                Reason.REQUIRED,
                "the field is required" + (node == null ? "" : ", and is null")));
        return null;
      }
      return absent(component);
    }
    return value(component.type(), component.bounds(), node, path);
  }

  private static @Nullable Object absent(Component component) {
    Class<?> type = raw(component.type());
    if (type == List.class) {
      return List.of();
    }
    if (type == Map.class) {
      return Map.of();
    }
    return component.byDefault() == null ? null : Scalars.ofDefault(type, component.byDefault());
  }

  private @Nullable Object value(AnnotatedType type, Bounds bounds, Node node, String path) {
    Class<?> raw = raw(type);
    if (raw == List.class) {
      return list(type, bounds, node, path);
    }
    if (raw == Map.class) {
      return map(type, bounds, node, path);
    }
    if (raw.isRecord()) {
      return record(raw, node, path, List.of());
    }
    if (raw == Object.class) {
      return Tree.plain(node);
    }
    return switch (Scalars.read(raw, bounds, node)) {
      case Scalars.Good(var value) -> value;
      case Scalars.Bad(var reason, var message) -> {
        problems.add(new Problem(on, path, reason, message));
        yield null;
      }
    };
  }

  private @Nullable Object list(AnnotatedType type, Bounds bounds, Node node, String path) {
    if (!(node instanceof SequenceNode sequence)) {
      wrongType(path, node, "a list");
      return null;
    }
    checkSize(bounds, sequence.getValue().size(), path);
    AnnotatedType member = Shape.memberType(type, 0);
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < sequence.getValue().size(); i++) {
      Node item = sequence.getValue().get(i);
      String where = path + "[" + i + "]";
      if (Tree.isNull(item)) {
        wrongType(where, item, "a value");
      } else {
        values.add(value(member, Bounds.of(member), item, where));
      }
    }
    return Collections.unmodifiableList(values);
  }

  private @Nullable Object map(AnnotatedType type, Bounds bounds, Node node, String path) {
    if (!(node instanceof MappingNode)) {
      wrongType(path, node, "a map");
      return null;
    }
    Map<String, Node> members = Tree.members(node);
    checkSize(bounds, members.size(), path);
    AnnotatedType member = Shape.memberType(type, 1);
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    members.forEach((key, value) ->
        values.put(
            key, value(member, Bounds.of(member), value, path + "[" + Text.printable(key) + "]")));
    return Collections.unmodifiableMap(values);
  }

  private void checkSize(Bounds bounds, int size, String path) {
    if (size < bounds.minSize() || size > bounds.maxSize()) {
      String message =
          "has "
              + size
              + " entries; "
              + Scalars.range(bounds.minSize(), bounds.maxSize())
              + " are allowed";
      problems.add(new Problem(on, path, Reason.INVALID, message));
    }
  }

  private void wrongType(String path, Node node, String expected) {
    problems.add(
        new Problem(
            on, path, Reason.WRONG_TYPE, expected + " is expected, not " + Tree.describe(node)));
  }

  private static Class<?> raw(AnnotatedType type) {
    return switch (type.getType()) {
      case Class<?> plain -> plain;
      case ParameterizedType generic -> (Class<?>) generic.getRawType();
      default -> throw new IllegalStateException("no record of ours has a field of type " + type);
    };
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
