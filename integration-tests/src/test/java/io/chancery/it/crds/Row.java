package io.chancery.it.crds;

import io.chancery.crd.ObjectKind;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An object, and whether it is taken: by a directory and by the API server alike.
 *
 * @param what is special about it
 * @param body what follows the metadata
 */
record Row(ObjectKind<?> kind, String what, String body, boolean taken) {

  static Row accept(ObjectKind<?> kind, String what, String spec) {
    return new Row(kind, what, "spec: " + spec, true);
  }

  static Row reject(ObjectKind<?> kind, String what, String spec) {
    return new Row(kind, what, "spec: " + spec, false);
  }

  /** The object, as a document of YAML. */
  String document() {
    String namespace = kind.scope() == ObjectKind.Scope.CLUSTER ? "" : ", namespace: default";
    return """
    apiVersion: %s
    kind: %s
    metadata: {name: row%s}
    %s
    """
        .formatted(kind.apiVersion(), kind.name(), namespace, body);
  }

  /** A list in YAML whose members differ by a number, which stands for {@code #}. */
  static String list(int count, String member) {
    return IntStream.range(0, count)
        .mapToObj(i -> member.replace("#", String.valueOf(i)))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  @Override
  public String toString() {
    return (taken ? "accept " : "reject ") + kind + ": " + what;
  }
}
