package io.chancery.crd;

import io.chancery.crd.ObjectKind.Scope;
import io.chancery.crd.OwnKinds.OwnKind;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reference page of one own kind, in Markdown. */
final class ReferencePage {
  private static final String HEADER =
      """
      <!-- Generated from the records of the module crd; see CONTRIBUTING.md. -->
      """;
  private static final String COLUMNS =
      """
      | field | type | required | default | description |
      |---|---|---|---|---|
      """;

  private final OwnKind own;
  private final StringBuilder text = new StringBuilder();

  /** Where the fields of a record are listed; a second use refers to the first. */
  private final Map<Class<?>, String> listed = new HashMap<>();

  private ReferencePage(OwnKind own) {
    this.own = own;
  }

  /** Such as {@code identityprovider.md}. */
  static String fileName(OwnKind own) {
    return own.kind().name().toLowerCase(Locale.ROOT) + ".md";
  }

  static String of(OwnKind own) {
    return new ReferencePage(own).write();
  }

  /** The page that leads to the others. */
  static String index(List<OwnKind> kinds) {
    String rows =
        kinds.stream()
            .map(own ->
                "| [`%s`](%s) | %s | %s |\n"
                    .formatted(own, fileName(own), scope(own), own.description()))
            .collect(Collectors.joining());
    return HEADER
        + """
        # Reference of the own kinds

        Group `chancery.io`, version `v1alpha1`. `[]` in the path of a field stands for each member of a list.
        In files, a field that is not listed is an error. A row of type `rule` is about several fields; an API server and
        files are held to it alike.

        | kind | scope | what it is |
        |---|---|---|
        """
        + rows;
  }

  private String write() {
    text.append(HEADER).append("# ").append(own).append("\n\n");
    text.append(own.description()).append("\n\n");
    text.append(
        "`apiVersion: %s`, `kind: %s`; %s. Short names for kubectl: %s.\n"
            .formatted(own.kind().apiVersion(), own, scope(own), shortNames()));
    section("spec", own.kind().type());
    section("status", OwnStatus.class);
    return text.toString();
  }

  private String shortNames() {
    return Stream.of(own.type().getAnnotation(ShortNames.class).value())
        .map(name -> "`" + name + "`")
        .collect(Collectors.joining(", "));
  }

  private void section(String name, Class<?> record) {
    text.append("\n## ").append(name).append("\n\n").append(COLUMNS);
    rules(name, record);
    SpecField.of(name, record).forEach(this::row);
  }

  private void row(SpecField field) {
    Class<?> value = field.valueClass();
    String first = listed.get(value);
    text.append(
        "| `%s` | %s | %s | %s | %s |\n"
            .formatted(
                field.path(),
                FieldType.of(field),
                field.required() ? "yes" : "",
                field.byDefault().map(ReferencePage::code).orElse(""),
                field.description() + (first == null ? "" : " Fields: as in `" + first + "`.")));
    if (first == null && value.isRecord()) {
      listed.put(value, field.path());
      rules(field.path(), value);
      field.fields().forEach(this::row);
    }
  }

  private void rules(String path, Class<?> record) {
    for (ValidationRule rule : record.getAnnotationsByType(ValidationRule.class)) {
      text.append("| `%s` | rule | | | %s |\n".formatted(path, sentence(rule.message())));
    }
  }

  private static String sentence(String message) {
    return message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1) + ".";
  }

  private static String code(String value) {
    return value.isEmpty() ? "empty" : "`" + value + "`";
  }

  private static String scope(OwnKind own) {
    return own.kind().scope() == Scope.CLUSTER ? "cluster-scoped" : "namespaced";
  }
}
