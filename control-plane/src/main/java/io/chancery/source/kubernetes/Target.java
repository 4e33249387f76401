package io.chancery.source.kubernetes;

import io.chancery.crd.Kinds;
import io.chancery.crd.ObjectKind;
import io.chancery.crd.ObjectKind.Scope;
import io.chancery.model.Ref;
import java.util.Optional;
import java.util.Set;

/**
 * What one watch is about: a kind, everywhere or in one namespace, or one object.
 *
 * @param namespace everywhere if empty
 * @param name one object only
 * @param labelSelector only objects that match
 */
record Target(
    ObjectKind<?> kind,
    Optional<String> namespace,
    Optional<String> name,
    Optional<String> labelSelector) {
  /** The kind under which problems of a whole kind are reported. */
  static final String PROBLEM_KIND = "ApiResource";

  private static final Set<String> SELECTED = Set.of(Kinds.GROUP, Kinds.GATEWAY_GROUP);

  /** All objects of a kind within a scope. */
  static Target of(ObjectKind<?> kind, Optional<String> namespace, KubernetesScope scope) {
    boolean selected = SELECTED.contains(kind.group());
    return new Target(
        kind,
        namespace,
        Optional.empty(),
        selected ? scope.labelSelector() : Optional.<String>empty());
  }

  /** One object. */
  static Target of(ObjectKind<?> kind, Ref ref) {
    return new Target(
        kind,
        Optional.of(ref.namespace()).filter(text -> !text.isEmpty()),
        Optional.of(ref.name()),
        Optional.empty());
  }

  /** The path of the list, for one of the kind's versions. */
  String path(String version) {
    String root =
        kind.group().isEmpty() ? "/api/" + version : "/apis/" + kind.group() + "/" + version;
    String in =
        kind.scope() == Scope.NAMESPACED ? namespace.map(ns -> "/namespaces/" + ns).orElse("") : "";
    return root + in + "/" + kind.plural();
  }

  /** Whether the kind exists only where its definition is installed. */
  boolean isCustom() {
    return SELECTED.contains(kind.group());
  }

  /** The name of the definition of a custom kind. */
  String definition() {
    return kind.plural() + "." + kind.group();
  }

  /** What problems of the target as a whole are about. */
  Ref problemRef() {
    String resource = kind.group().isEmpty() ? kind.plural() : definition();
    return new Ref(
        PROBLEM_KIND, namespace.orElse(""), name.map(n -> resource + "/" + n).orElse(resource));
  }

  @Override
  public String toString() {
    return problemRef().toString();
  }
}
