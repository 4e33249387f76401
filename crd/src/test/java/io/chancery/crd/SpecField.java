package io.chancery.crd;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One field of a kind, read from its record independently of the CRD generator.
 *
 * @param path from the object, such as {@code spec.rules[].name}; members of a list follow {@code
 *     []}
 */
record SpecField(String path, String name, Field field, AnnotatedType type) {

  /** The fields of a record, in its order. */
  static List<SpecField> of(String path, Class<?> record) {
    return Stream.of(record.getRecordComponents())
        .map(component -> of(path, record, component))
        .toList();
  }

  private static SpecField of(String path, Class<?> record, RecordComponent component) {
    try {
      Field field = record.getDeclaredField(component.getName());
      JsonProperty renamed = field.getAnnotation(JsonProperty.class);
      String name = renamed == null ? component.getName() : renamed.value();
      return new SpecField(path + "." + name, name, field, component.getAnnotatedType());
    } catch (NoSuchFieldException cause) {
      throw new IllegalStateException("a record has a field for each component", cause);
    }
  }

  /** The fields of the record that this field, or each member of it, is; empty if it is none. */
  List<SpecField> fields() {
    return valueClass().isRecord() ? of(path + (isList() ? "[]" : ""), valueClass()) : List.of();
  }

  boolean isList() {
    return field.getType() == List.class;
  }

  /** The type of the field, or of the members of a list. */
  AnnotatedType valueType() {
    return isList()
        ? ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[0]
        : type;
  }

  /** The class of {@link #valueType}. */
  Class<?> valueClass() {
    Type value = valueType().getType();
    return (Class<?>) (value instanceof ParameterizedType generic ? generic.getRawType() : value);
  }

  boolean required() {
    return field.isAnnotationPresent(Required.class);
  }

  Optional<String> byDefault() {
    return annotation(Default.class).map(Default::value);
  }

  /** Empty if there is none. */
  String description() {
    return annotation(JsonPropertyDescription.class).map(JsonPropertyDescription::value).orElse("");
  }

  <A extends Annotation> Optional<A> annotation(Class<A> wanted) {
    return Optional.ofNullable(field.getAnnotation(wanted));
  }
}
