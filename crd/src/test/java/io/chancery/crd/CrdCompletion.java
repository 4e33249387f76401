package io.chancery.crd;

import io.chancery.crd.OwnKinds.OwnKind;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.node.StringNode;

/** Completes a generated CRD with what the generator does not take from classes. */
final class CrdCompletion {
  private CrdCompletion() {}

  static CustomResourceDefinition complete(OwnKind own, CustomResourceDefinition crd) {
    for (CustomResourceDefinitionVersion version : crd.getSpec().getVersions()) {
      complete(own, version.getSchema().getOpenAPIV3Schema());
      mend(version.getSchema().getOpenAPIV3Schema());
      version.setAdditionalPrinterColumns(
          inDeclaredOrder(own, version.getAdditionalPrinterColumns()));
    }
    return crd;
  }

  private static void complete(OwnKind own, JSONSchemaProps root) {
    JSONSchemaProps spec = property(root, "spec");
    JSONSchemaProps status = property(root, "status");
    root.setDescription(own.description());
    spec.setDescription("What is wanted.");
    status.setDescription("What Chancery reports; users do not write it.");
    if (!spec.getRequired().isEmpty() || !spec.getXKubernetesValidations().isEmpty()) {
      // Rules of a spec are not looked at while there is none.
      root.setRequired(List.of("spec"));
    }
    listKeys(SpecField.of("spec", own.kind().type()), spec);
    listKeys(SpecField.of("status", OwnStatus.class), status);
  }

  private static void listKeys(List<SpecField> fields, JSONSchemaProps object) {
    for (SpecField field : fields) {
      JSONSchemaProps schema = property(object, field.name());
      field
          .annotation(ListKey.class)
          .ifPresent(key -> {
            schema.setXKubernetesListType("map");
            schema.setXKubernetesListMapKeys(List.of(key.value()));
          });
      listKeys(field.fields(), field.isList() ? schema.getItems().getSchema() : schema);
    }
  }

  /**
   * The generator finds a rule of a component twice, at the field and at the accessor, and takes an
   * empty default for null.
   */
  private static void mend(JSONSchemaProps schema) {
    if (schema.getDefault() != null && schema.getDefault().isNull()) {
      schema.setDefault(StringNode.valueOf(""));
    }
    schema.setXKubernetesValidations(
        schema.getXKubernetesValidations().stream().distinct().toList());
    schema.getProperties().values().forEach(CrdCompletion::mend);
    if (schema.getItems() != null) {
      mend(schema.getItems().getSchema());
    }
  }

  /** The schema of a property that must be there. */
  static JSONSchemaProps property(JSONSchemaProps of, String name) {
    return Objects.requireNonNull(of.getProperties().get(name), name);
  }

  /** The generator sorts them by path; kubectl prints them as they stand. */
  private static List<CustomResourceColumnDefinition> inDeclaredOrder(
      OwnKind own, List<CustomResourceColumnDefinition> columns) {
    List<String> declared =
        Stream.of(own.type().getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
    return columns.stream()
        .sorted(Comparator.comparingInt(column -> declared.indexOf(column.getName())))
        .toList();
  }
}
