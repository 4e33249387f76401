package io.chancery.source.decode;

import io.chancery.source.NearMiss;
import io.chancery.source.decode.Shape.Bounds;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Strings, numbers, booleans and words of enumerations. */
final class Scalars {
  private Scalars() {}

  /** What reading a scalar gives. */
  sealed interface Result {}

  /** The value. */
  record Good(Object value) implements Result {}

  /** The value has the right type, and is not allowed. */
  record Invalid(String message) implements Result {}

  /** The value has the wrong type. */
  record Unexpected(String expected) implements Result {}

  static Result read(Shape.Value value, Node node) {
    Class<?> type = value.type();
    if (type == String.class) {
      return node instanceof ScalarNode scalar && Tree.is(node, Tag.STR)
          ? string(value.bounds(), scalar.getValue())
          : new Unexpected("a string");
    }
    if (type == Boolean.class) {
      return node instanceof ScalarNode scalar && Tree.is(node, Tag.BOOL)
          ? new Good(Boolean.valueOf(scalar.getValue()))
          : new Unexpected("true or false");
    }
    if (type == Integer.class || type == Long.class) {
      return node instanceof ScalarNode scalar && Tree.is(node, Tag.INT)
          ? number(type, value.bounds(), scalar.getValue())
          : new Unexpected("a whole number");
    }
    List<String> constants = Shape.constants(type);
    return node instanceof ScalarNode scalar && Tree.is(node, Tag.STR)
        ? word(type, constants, scalar.getValue())
        : new Unexpected("one of " + String.join(", ", constants));
  }

  /** The value that an annotation gives as text. */
  static Object ofDefault(Class<?> type, String text) {
    if (type == String.class) {
      return text;
    }
    if (type == Boolean.class) {
      return Boolean.valueOf(text);
    }
    if (type == Integer.class) {
      return Integer.valueOf(text);
    }
    return type == Long.class ? (Object) Long.valueOf(text) : constant(type, text);
  }

  /** {@code 1 to 16}, {@code at least 1}, {@code at most 16}. */
  static String range(long min, long max) {
    if (max == Long.MAX_VALUE) {
      return "at least " + min;
    }
    return min == 0 ? "at most " + max : min + " to " + max;
  }

  private static Result string(Bounds bounds, String value) {
    int length = value.codePointCount(0, value.length());
    if (length < bounds.minSize() || length > bounds.maxSize()) {
      String allowed = range(bounds.minSize(), bounds.maxSize());
      return new Invalid(
          Text.quoted(value) + " has " + length + " characters; " + allowed + " are allowed");
    }
    if (bounds.pattern() != null && !bounds.pattern().matcher(value).find()) {
      return new Invalid(Text.quoted(value) + " does not match " + bounds.pattern());
    }
    return new Good(value);
  }

  private static Result number(Class<?> type, Bounds bounds, String text) {
    boolean small = type == Integer.class;
    long min = Math.max((long) bounds.min(), small ? Integer.MIN_VALUE : Long.MIN_VALUE);
    long max = Math.min((long) bounds.max(), small ? Integer.MAX_VALUE : Long.MAX_VALUE);
    try {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return new Good(small ? (Object) (int) value : (Object) value);
      }
    } catch (NumberFormatException cause) {
      // More digits than a long has: out of range as well.
    }
    return new Invalid(
        Text.printable(text) + " is out of range; " + min + " to " + max + " is allowed");
  }

  private static Result word(Class<?> type, List<String> constants, String value) {
    return constants.contains(value)
        ? new Good(constant(type, value))
        : new Invalid(
            Text.quoted(value)
                + " is none of "
                + String.join(", ", constants)
                + NearMiss.hint(value, constants));
  }

  private static Object constant(Class<?> type, String name) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new IllegalStateException(type + " has no constant " + name);
  }
}
