package io.chancery.source.decode;

import io.chancery.crd.Kinds;
import io.chancery.crd.ObjectKind;
import io.chancery.crd.ObjectKind.Scope;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.source.NearMiss;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Which object a document is. */
public sealed interface Identity {

  /** An object of ours; it may have problems already, such as a version that is not read. */
  record Named(ObjectKind<?> kind, Ref ref, List<Finding> problems) implements Identity {}

  /** A list of objects. */
  record ListOf(Node items) implements Identity {}

  /** Not for us, and no problem. */
  record Skipped() implements Identity {}

  /**
   * No object can be told.
   *
   * @param mayBeOurs whether it may be an object of ours all the same
   */
  record Unnamed(Finding problem, boolean mayBeOurs) implements Identity {}

  /** A problem whose object is not known yet. */
  record Finding(String path, Reason reason, String message) {}

  /** Documents of this group are for the command {@code run}, and no objects. */
  String RUN_GROUP = "run.chancery.io";

  /** As Kubernetes does for a client without a namespace of its own. */
  String DEFAULT_NAMESPACE = "default";

  /** RFC 1123 subdomain and label, as Kubernetes demands of names and namespaces. */
  int MAX_NAME = 253;

  Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /** Tells what a document is. */
  static Identity of(Node document, boolean listAllowed) {
    if (!(document instanceof MappingNode)) {
      String message = "an object is expected, not " + Tree.describe(document);
      return unnamed("", Reason.WRONG_TYPE, message);
    }
    Optional<String> apiVersion = text(document, "apiVersion");
    Optional<String> kind = text(document, "kind");
    if (apiVersion.isEmpty() || kind.isEmpty()) {
      String field = apiVersion.isEmpty() ? "apiVersion" : "kind";
      return unnamed(field, Reason.REQUIRED, "an object needs " + field + ", a string");
    }
    if (listAllowed && kind.get().equals("List") && apiVersion.get().equals("v1")) {
      return Tree.member(document, "items").<Identity>map(ListOf::new).orElse(new Skipped());
    }
    return group(apiVersion.get()).equals(RUN_GROUP)
        ? new Skipped()
        : ofKind(apiVersion.get(), kind.get(), document);
  }

  private static Identity ofKind(String apiVersion, String name, Node document) {
    Optional<ObjectKind<?>> kind = Kinds.named(name);
    if (kind.isEmpty()) {
      List<String> names = Kinds.ALL.stream().map(ObjectKind::name).toList();
      String hint = NearMiss.hint(name, names);
      String message = "kind " + Text.quoted(name) + " is not read" + hint;
      return new Unnamed(new Finding("kind", Reason.UNKNOWN_KIND, message), !hint.isEmpty());
    }
    String group = group(apiVersion);
    String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
    if (group.equals(kind.get().group()) && kind.get().versions().contains(version)) {
      return named(kind.get(), document, List.of());
    }
    Finding finding = unknownVersion(apiVersion, kind.get());
    // Other groups have kinds of these names; a group that is nearly ours is a slip.
    boolean ours =
        group.equals(kind.get().group())
            || !NearMiss.hint(group, List.of(kind.get().group())).isEmpty();
    return ours ? named(kind.get(), document, List.of(finding)) : new Unnamed(finding, false);
  }

  private static Finding unknownVersion(String apiVersion, ObjectKind<?> kind) {
    String message =
        "apiVersion "
            + Text.quoted(apiVersion)
            + " of "
            + kind
            + " is not read; "
            + kind.apiVersion()
            + " is";
    return new Finding("apiVersion", Reason.UNKNOWN_KIND, message);
  }

  private static Identity named(ObjectKind<?> kind, Node document, List<Finding> found) {
    Optional<Node> metadata = Tree.member(document, "metadata");
    Optional<Node> node = metadata.flatMap(m -> Tree.member(m, "name"));
    Optional<String> name = node.flatMap(Tree::string);
    if (name.isEmpty()) {
      String not = node.map(n -> ", not " + Tree.describe(n)).orElse("");
      Reason reason = node.isEmpty() ? Reason.REQUIRED : Reason.WRONG_TYPE;
      return unnamed("metadata.name", reason, kind + " needs metadata.name, a string" + not);
    }
    if (name.get().length() > MAX_NAME || !NAME.matcher(name.get()).matches()) {
      String message =
          "metadata.name "
              + Text.quoted(name.get())
              + " is not a DNS name: at most 253 of lower case letters, digits, - and .";
      return unnamed("metadata.name", Reason.INVALID, message);
    }
    Optional<Node> namespace = metadata.flatMap(m -> Tree.member(m, "namespace"));
    return kind.scope() == Scope.CLUSTER
        ? inCluster(kind, name.get(), namespace, found)
        : inNamespace(kind, name.get(), namespace, found);
  }

  private static Identity inCluster(
      ObjectKind<?> kind, String name, Optional<Node> namespace, List<Finding> found) {
    List<Finding> all = new ArrayList<>(found);
    namespace.ifPresent(node -> {
      String message =
          kind + " is cluster-scoped and has no namespace; found " + Tree.describe(node);
      all.add(new Finding("metadata.namespace", Reason.INVALID, message));
    });
    return new Named(kind, new Ref(kind.name(), "", name), all);
  }

  private static Identity inNamespace(
      ObjectKind<?> kind, String name, Optional<Node> namespace, List<Finding> found) {
    Optional<String> given =
        namespace.isEmpty() ? Optional.of(DEFAULT_NAMESPACE) : namespace.flatMap(Tree::string);
    if (given.isEmpty() || !NAMESPACE.matcher(given.get()).matches()) {
      String not = namespace.map(Tree::describe).orElse("");
      String message =
          "metadata.namespace is at most 63 of lower case letters, digits and -, not " + not;
      return unnamed("metadata.namespace", Reason.INVALID, message);
    }
    return new Named(kind, new Ref(kind.name(), given.get(), name), found);
  }

  private static String group(String apiVersion) {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  private static Optional<String> text(Node node, String key) {
    return Tree.member(node, key).flatMap(Tree::string);
  }

  private static Identity unnamed(String path, Reason reason, String message) {
    return new Unnamed(new Finding(path, reason, message), true);
  }
}
