package io.chancery.source.decode;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.chancery.crd.ListKey;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a record looks like from outside: its fields, and what their annotations demand. Read once
 * for each record.
 *
 * @param constructor takes the fields in order
 */
record Shape(Map<String, Component> components, MethodHandle constructor) {
  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return read(type);
        }
      };

  /**
   * One field.
   *
   * @param absent the value if the field is not there
   * @param rules over the whole value, beside those of its type
   * @param keys fields in which no two members of the list are the same; empty if there are none
   */
  record Component(
      String name,
      boolean required,
      @Nullable Object absent,
      Value value,
      List<ValidationRule> rules,
      List<String> keys) {}

  /**
   * The type of a value and its limits.
   *
   * @param member of what a list or a map consists; null for other types
   */
  record Value(Class<?> type, Bounds bounds, @Nullable Value member) {}

  /**
   * Limits of a value; those that do not concern its type say nothing.
   *
   * @param pattern in RE2, as the API server has it: the end of a text is not before its last line
   *     break, and a match takes time in proportion to the text
   */
  record Bounds(
      double min,
      double max,
      long minSize,
      long maxSize,
      com.google.re2j.@Nullable Pattern pattern) {
    private static Bounds of(AnnotatedElement element) {
      Min min = element.getAnnotation(Min.class);
      Max max = element.getAnnotation(Max.class);
      Size size = element.getAnnotation(Size.class);
      Pattern pattern = element.getAnnotation(Pattern.class);
      return new Bounds(
          min == null ? Double.NEGATIVE_INFINITY : min.value(),
          max == null ? Double.POSITIVE_INFINITY : max.value(),
          size == null ? 0 : size.min(),
          size == null ? Long.MAX_VALUE : size.max(),
          pattern == null ? null : com.google.re2j.Pattern.compile(pattern.value()));
    }
  }

  static Shape of(Class<?> type) {
    return SHAPES.get(type);
  }

  /** Names of the constants of an enumeration. */
  static List<String> constants(Class<?> type) {
    return Stream.of(type.getEnumConstants()).map(constant -> ((Enum<?>) constant).name()).toList();
  }

  private static Shape read(Class<?> type) {
    Map<String, Component> components = new LinkedHashMap<>();
    List<Class<?>> parameters = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Component read = read(component);
      components.put(read.name(), read);
      parameters.add(component.getType());
    }
    try {
      MethodHandle constructor =
          MethodHandles.lookup()
              .findConstructor(type, MethodType.methodType(void.class, parameters))
              .asSpreader(Object[].class, parameters.size())
              .asType(MethodType.methodType(Object.class, Object[].class));
      return new Shape(components, constructor);
    } catch (ReflectiveOperationException cause) {
      throw new IllegalStateException(type + " has no constructor that can be called", cause);
    }
  }

  /** The annotations stand at the accessor: none of them is made for components. */
  private static Component read(RecordComponent component) {
    Method accessor = component.getAccessor();
    JsonProperty renamed = accessor.getAnnotation(JsonProperty.class);
    return new Component(
        renamed == null ? component.getName() : renamed.value(),
        accessor.isAnnotationPresent(Required.class),
        absent(component.getType(), accessor.getAnnotation(Default.class)),
        value(component.getAnnotatedType(), Bounds.of(accessor)),
        List.of(accessor.getAnnotationsByType(ValidationRule.class)),
        accessor.isAnnotationPresent(ListKey.class)
            ? List.of(accessor.getAnnotation(ListKey.class).value())
            : List.of());
  }

  private static @Nullable Object absent(Class<?> type, @Nullable Default byDefault) {
    if (type == List.class) {
      return List.of();
    }
    if (type == Map.class) {
      return Map.of();
    }
    return byDefault == null ? null : Scalars.ofDefault(type, byDefault.value());
  }

  private static Value value(AnnotatedType annotated, Bounds bounds) {
    return switch (annotated.getType()) {
      case Class<?> plain -> new Value(plain, bounds, null);
      case ParameterizedType generic -> {
        AnnotatedType[] arguments =
            ((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments();
        // The last argument: the elements of a list, the values of a map.
        AnnotatedType member = arguments[arguments.length - 1];
        yield new Value((Class<?>) generic.getRawType(), bounds, value(member, Bounds.of(member)));
      }
      default -> throw new IllegalStateException("no record of ours has a field of " + annotated);
    };
  }
}
