package io.chancery.source.file;

import io.chancery.model.Reason;
import io.chancery.source.NearMiss;
import io.chancery.source.file.Shape.Bounds;
import java.util.List;
import java.util.Locale;
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

  /** Why there is none. */
  record Bad(Reason reason, String message) implements Result {}

  static Result read(Class<?> type, Bounds bounds, Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      return wrongType(expected(type), node);
    }
    if (type == String.class) {
      return scalar.getTag().equals(Tag.STR)
          ? string(bounds, scalar.getValue())
          : wrongType("a string", node);
    }
    if (type == Boolean.class) {
      return scalar.getTag().equals(Tag.BOOL)
          ? new Good(Boolean.valueOf(scalar.getValue().toLowerCase(Locale.ROOT)))
          : wrongType("true or false", node);
    }
    if (type == Integer.class || type == Long.class) {
      return scalar.getTag().equals(Tag.INT)
          ? number(type, bounds, scalar)
          : wrongType("a whole number", node);
    }
    return scalar.getTag().equals(Tag.STR)
        ? word(type, scalar.getValue())
        : wrongType(expected(type), node);
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
    if (type == Long.class) {
      return Long.valueOf(text);
    }
    return constant(type, text);
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
      String message =
          Text.quoted(value)
              + " has "
              + length
              + " characters; "
              + range(bounds.minSize(), bounds.maxSize())
              + " are allowed";
      return new Bad(Reason.INVALID, message);
    }
    if (bounds.pattern() != null && !bounds.pattern().matcher(value).find()) {
      return new Bad(Reason.INVALID, Text.quoted(value) + " does not match " + bounds.pattern());
    }
    return new Good(value);
  }

  private static Result number(Class<?> type, Bounds bounds, ScalarNode scalar) {
    try {
      long value = Long.decode(scalar.getValue().replace("0o", "0"));
      long min =
          Math.max((long) bounds.min(), type == Integer.class ? Integer.MIN_VALUE : Long.MIN_VALUE);
      long max =
          Math.min((long) bounds.max(), type == Integer.class ? Integer.MAX_VALUE : Long.MAX_VALUE);
      if (value < min || value > max) {
        return new Bad(
            Reason.INVALID, value + " is out of range; " + min + " to " + max + " is allowed");
      }
      return new Good(type == Integer.class ? (Object) (int) value : (Object) value);
    } catch (NumberFormatException cause) {
      return new Bad(Reason.INVALID, Text.printable(scalar.getValue()) + " is out of range");
    }
  }

  private static Result word(Class<?> type, String value) {
    List<String> constants = Shape.constants(type);
    return constants.contains(value)
        ? new Good(constant(type, value))
        : new Bad(
            Reason.INVALID,
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

  private static String expected(Class<?> type) {
    if (type.isEnum()) {
      return "one of " + String.join(", ", Shape.constants(type));
    }
    return type == String.class
        ? "a string"
        : type == Boolean.class ? "true or false" : "a whole number";
  }

  private static Result wrongType(String expected, Node node) {
    return new Bad(Reason.WRONG_TYPE, expected + " is expected, not " + Tree.describe(node));
  }
}
