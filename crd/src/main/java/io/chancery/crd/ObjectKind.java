package io.chancery.crd;

import java.util.List;
import java.util.Locale;

/**
 * One kind of object that Chancery reads.
 *
 * @param group API group; empty for core kinds
 * @param versions versions that are read, preferred first
 * @param name the kind, such as {@code HTTPRoute}; unique among all kinds read
 * @param scope whether objects live in a namespace
 * @param body where the fields of {@code type} stand in an object
 * @param fields what to do with a field that {@code type} does not have
 * @param type the record that holds the fields
 */
public record ObjectKind<S extends Record>(
    String group,
    List<String> versions,
    String name,
    Scope scope,
    Body body,
    Fields fields,
    Class<S> type) {

  /** Whether objects live in a namespace. */
  public enum Scope {
    NAMESPACED,
    CLUSTER
  }

  /** Where the fields stand. */
  public enum Body {
    /** Under {@code spec}. */
    SPEC,
    /** Beside {@code metadata}, as in a Secret. */
    TOP_LEVEL
  }

  /** What to do with a field that the record does not have. */
  public enum Fields {
    /** An unknown field is a problem: kinds that are modelled in full. */
    CLOSED,
    /** An unknown field is ignored: kinds of which only a part matters here. */
    OPEN
  }

  /** {@code group/version}, or the version alone for core kinds: the preferred one. */
  public String apiVersion() {
    return group.isEmpty() ? versions.getFirst() : group + "/" + versions.getFirst();
  }

  /** The plural in lower case, as paths of the Kubernetes API and names of CRDs have it. */
  public String plural() {
    String singular = name.toLowerCase(Locale.ROOT);
    if (singular.matches(".*[^aeiou]y")) {
      return singular.substring(0, singular.length() - 1) + "ies";
    }
    return singular + (singular.endsWith("s") ? "es" : "s");
  }

  @Override
  public String toString() {
    return name;
  }
}
