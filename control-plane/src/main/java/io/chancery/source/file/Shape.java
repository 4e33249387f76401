package io.chancery.source.file;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
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

  /** One field. */
  record Component(
      String name,
      boolean required,
      @Nullable String byDefault,
      Bounds bounds,
      AnnotatedType type) {}

  /** Limits of a value; those that do not concern its type say nothing. */
  record Bounds(
      double min,
      double max,
      long minSize,
      long maxSize,
      java.util.regex.@Nullable Pattern pattern) {
    static Bounds of(AnnotatedElement element) {
      Min min = element.getAnnotation(Min.class);
      Max max = element.getAnnotation(Max.class);
      Size size = element.getAnnotation(Size.class);
      Pattern pattern = element.getAnnotation(Pattern.class);
      return new Bounds(
          min == null ? Double.NEGATIVE_INFINITY : min.value(),
          max == null ? Double.POSITIVE_INFINITY : max.value(),
          size == null ? 0 : size.min(),
          size == null ? Long.MAX_VALUE : size.max(),
          pattern == null ? null : java.util.regex.Pattern.compile(pattern.value()));
    }
  }

  static Shape of(Class<?> type) {
    return SHAPES.get(type);
  }

  /** The type of the members of a list, or of the values of a map. */
  static AnnotatedType memberType(AnnotatedType type, int index) {
    return ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[index];
  }

  private static Shape read(Class<?> type) {
    Map<String, Component> components = new LinkedHashMap<>();
    List<Class<?>> parameters = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Component read = read(type, component);
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
      throw new IllegalStateException(
          type + " has no canonical constructor that can be called", cause);
    }
  }

  private static Component read(Class<?> type, RecordComponent component) {
    try {
      Field field = type.getDeclaredField(component.getName());
      JsonProperty renamed = field.getAnnotation(JsonProperty.class);
      Default byDefault = field.getAnnotation(Default.class);
      return new Component(
          renamed == null ? component.getName() : renamed.value(),
          field.isAnnotationPresent(Required.class),
          byDefault == null ? null : byDefault.value(),
          Bounds.of(field),
          component.getAnnotatedType());
    } catch (NoSuchFieldException cause) {
      throw new IllegalStateException("a record has a field for each component", cause);
    }
  }

  /** Names of the constants of an enumeration. */
  static List<String> constants(Class<?> type) {
    return Stream.of(type.getEnumConstants()).map(constant -> ((Enum<?>) constant).name()).toList();
  }
}
