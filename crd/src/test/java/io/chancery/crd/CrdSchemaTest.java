package io.chancery.crd;

import static io.chancery.crd.CrdCompletion.property;
import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.crd.OwnKinds.OwnKind;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Whether the schemas say all that the annotations of the records say. */
class CrdSchemaTest {
  static List<OwnKind> kinds() {
    return OwnKinds.ALL;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void schemaSaysWhatTheAnnotationsSay(OwnKind own) {
    JSONSchemaProps root = schema(own);

    assertFields(SpecField.of("spec", own.kind().type()), property(root, "spec"));
    assertThat(rules(property(root, "spec"))).containsExactlyElementsOf(texts(own.kind().type()));
    assertFields(SpecField.of("status", OwnStatus.class), property(root, "status"));
  }

  @Test
  void exactlyOneSourceOfEndpointsAndOfKeys() {
    assertThat(rules(spec(Kinds.BACKEND))).containsExactly("has(self.static) != has(self.dns)");
    assertThat(rules(property(spec(Kinds.IDENTITY_PROVIDER), "jwks")))
        .containsExactly("has(self.uri) != has(self.inline)");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void specIsRequiredWhereAnEmptyOneIsWrong(OwnKind own) {
    boolean emptyIsWrong = !Set.of(Kinds.ROUTE, Kinds.CONSUMER, Kinds.FLEET).contains(own.kind());

    assertThat(schema(own).getRequired()).isEqualTo(emptyIsWrong ? List.of("spec") : List.of());
  }

  private static void assertFields(List<SpecField> fields, JSONSchemaProps object) {
    assertThat(object.getProperties().keySet())
        .containsExactlyInAnyOrderElementsOf(fields.stream().map(SpecField::name).toList());
    assertThat(object.getRequired())
        .containsExactlyInAnyOrderElementsOf(
            fields.stream().filter(SpecField::required).map(SpecField::name).toList());
    for (SpecField field : fields) {
      JSONSchemaProps schema = property(object, field.name());
      assertSelf(field, schema);
      JSONSchemaProps value = field.isList() ? schema.getItems().getSchema() : schema;
      assertValue(field, value);
      assertRules(field, schema, value);
      if (field.valueClass().isRecord()) {
        assertFields(field.fields(), value);
      }
    }
  }

  private static void assertSelf(SpecField field, JSONSchemaProps schema) {
    assertThat(schema.getDescription()).as("description of " + field.path()).isNotBlank();
    assertThat(schema.getDescription()).as(field.path()).isEqualTo(field.description());
    assertThat(text(schema.getDefault()))
        .as(field.path())
        .isEqualTo(field.byDefault().orElse(null));
    assertThat(schema.getMinimum())
        .as(field.path())
        .isEqualTo(field.annotation(Min.class).map(Min::value).orElse(null));
    assertThat(schema.getMaximum())
        .as(field.path())
        .isEqualTo(field.annotation(Max.class).map(Max::value).orElse(null));
    assertSize(field, schema);
  }

  private static void assertSize(SpecField field, JSONSchemaProps schema) {
    long min = field.annotation(Size.class).map(Size::min).orElse(0L);
    long max = field.annotation(Size.class).map(Size::max).orElse(Long.MAX_VALUE);
    Long schemaMin = field.isList() ? schema.getMinItems() : schema.getMinLength();
    Long schemaMax = field.isList() ? schema.getMaxItems() : schema.getMaxLength();

    assertThat(Objects.requireNonNullElse(schemaMin, 0L)).as(field.path()).isEqualTo(min);
    assertThat(Objects.requireNonNullElse(schemaMax, Long.MAX_VALUE))
        .as(field.path())
        .isEqualTo(max);
  }

  /** All rules of the records, once each, and none that compares with what was there before. */
  private static void assertRules(SpecField field, JSONSchemaProps schema, JSONSchemaProps value) {
    List<String> ofField = texts(field.field());
    List<String> ofType = texts(field.valueClass());
    if (field.isList()) {
      assertThat(rules(schema)).as(field.path()).containsExactlyElementsOf(ofField);
      assertThat(rules(value)).as(field.path()).containsExactlyElementsOf(ofType);
    } else {
      List<String> both = Stream.concat(ofField.stream(), ofType.stream()).toList();
      assertThat(rules(value)).as(field.path()).containsExactlyInAnyOrderElementsOf(both);
    }
    assertThat(schema.getXKubernetesListMapKeys())
        .as(field.path())
        .isEqualTo(
            field.annotation(ListKey.class).map(key -> List.of(key.value())).orElse(List.of()));
    assertThat(rules(schema)).noneMatch(rule -> rule.contains("oldSelf"));
  }

  private static List<String> texts(AnnotatedElement element) {
    return Stream.of(
            element.getAnnotationsByType(io.fabric8.generator.annotation.ValidationRule.class))
        .map(io.fabric8.generator.annotation.ValidationRule::value)
        .toList();
  }

  private static void assertValue(SpecField field, JSONSchemaProps value) {
    Pattern pattern =
        field.isList()
            ? field.valueType().getAnnotation(Pattern.class)
            : field.annotation(Pattern.class).orElse(null);
    assertThat(value.getPattern())
        .as(field.path())
        .isEqualTo(pattern == null ? null : pattern.value());
    if (field.isList()) {
      Size size = field.valueType().getAnnotation(Size.class);
      assertThat(value.getMaxLength())
          .as(field.path())
          .isEqualTo(size == null ? null : (Long) size.max());
    }
    assertThat(value.getEnum().stream().map(JsonNode::stringValue))
        .as(field.path())
        .containsExactlyInAnyOrderElementsOf(constants(field.valueClass()));
    assertThat(Boolean.TRUE.equals(value.getXKubernetesPreserveUnknownFields()))
        .as(field.path())
        .isEqualTo(field.valueClass() == Object.class);
  }

  private static List<String> constants(Class<?> type) {
    return type.isEnum()
        ? Stream.of(type.getEnumConstants()).map(constant -> ((Enum<?>) constant).name()).toList()
        : List.of();
  }

  private static @Nullable String text(@Nullable JsonNode node) {
    assertThat(node == null || !node.isNull()).as("a default is not null").isTrue();
    return node == null ? null : node.asString();
  }

  private static List<String> rules(JSONSchemaProps schema) {
    return schema.getXKubernetesValidations().stream().map(ValidationRule::getRule).toList();
  }

  private static JSONSchemaProps spec(ObjectKind<?> kind) {
    OwnKind own =
        OwnKinds.ALL.stream().filter(each -> each.kind().equals(kind)).findFirst().orElseThrow();
    return property(schema(own), "spec");
  }

  private static JSONSchemaProps schema(OwnKind own) {
    return CrdYaml.model(own).getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
  }
}
