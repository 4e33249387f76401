package io.chancery.crd;

import io.chancery.crd.gateway.HostnamePattern;
import io.chancery.crd.gateway.HttpFilter;
import io.chancery.crd.policy.DurationPattern;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Type and limits of a field, in words. */
final class FieldType {
  private static final Map<String, String> PATTERNS =
      Map.of(
          DurationPattern.DURATION,
          "duration",
          HostnamePattern.PRECISE,
          "host name",
          HostnamePattern.LISTENER,
          "host name or `*.` and a host name",
          HttpFilter.Header.NAME,
          "header name");

  private FieldType() {}

  static String of(SpecField field) {
    if (field.isList()) {
      String members = value(field, field.valueType().getAnnotation(Pattern.class));
      String keys =
          field
              .annotation(ListKey.class)
              .map(key -> ", no two of the same " + String.join(" and ", key.value()))
              .orElse("");
      return "list of " + members + range(size(field), " members") + keys;
    }
    String value = value(field, field.annotation(Pattern.class).orElse(null));
    return value + range(size(field), " characters") + range(limits(field), "");
  }

  private static String value(SpecField field, @Nullable Pattern pattern) {
    Class<?> type = field.valueClass();
    if (pattern != null) {
      String known = PATTERNS.get(pattern.value());
      return known == null ? "string like `" + pattern.value().replace("|", "\\|") + "`" : known;
    } else if (type.isEnum()) {
      return Stream.of(type.getEnumConstants())
          .map(constant -> "`" + ((Enum<?>) constant).name() + "`")
          .collect(Collectors.joining(", "));
    } else if (type.isRecord()) {
      return "object";
    }
    return name(type);
  }

  private static String name(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "String" -> "string";
      case "Integer", "Long" -> "integer";
      case "Boolean" -> "boolean";
      case "Map" -> "map of string to string"; // No spec has another one.
      case "Object" -> "anything";
      default -> throw new IllegalStateException("the reference has no word for " + type);
    };
  }

  /** Limits, both included. */
  private record Range(Optional<Long> min, Optional<Long> max) {}

  private static Range size(SpecField field) {
    Optional<Size> size = field.annotation(Size.class);
    return new Range(
        size.map(Size::min).filter(min -> min > 0),
        size.map(Size::max).filter(max -> max < Long.MAX_VALUE));
  }

  private static Range limits(SpecField field) {
    return new Range(
        field.annotation(Min.class).map(min -> (long) min.value()),
        field.annotation(Max.class).map(max -> (long) max.value()));
  }

  private static String range(Range range, String unit) {
    if (range.min().isPresent() && range.max().isPresent()) {
      return ", %d to %d%s".formatted(range.min().get(), range.max().get(), unit);
    } else if (range.max().isPresent()) {
      return ", at most %d%s".formatted(range.max().get(), unit);
    }
    return range.min().map(min -> ", at least %d%s".formatted(min, unit)).orElse("");
  }
}
