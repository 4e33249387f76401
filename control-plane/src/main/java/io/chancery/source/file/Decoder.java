package io.chancery.source.file;

import io.chancery.crd.Kinds;
import io.chancery.crd.Meta;
import io.chancery.crd.ObjectKind;
import io.chancery.crd.ObjectKind.Body;
import io.chancery.crd.ObjectKind.Scope;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.source.Declared;
import io.chancery.source.NearMiss;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** From the documents of a file to objects. What cannot even be named is a problem of the file. */
final class Decoder {
  /** Documents of this group are for the command {@code run}, and no objects. */
  private static final String RUN_GROUP = "run.chancery.io/";

  private static final String DEFAULT_NAMESPACE = "default";
  private static final int MAX_NAME = 253;
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private static final Node NOTHING = new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK);

  private final String file;
  private final List<Decoded> objects = new ArrayList<>();
  private final List<FileProblem> problems = new ArrayList<>();

  Decoder(String file) {
    this.file = file;
  }

  /** A problem that belongs to no object that can be named. */
  record FileProblem(int line, Problem problem) {}

  List<Decoded> objects() {
    return objects;
  }

  List<FileProblem> problems() {
    return problems;
  }

  Decoder decode(List<Node> documents) {
    for (int i = 0; i < documents.size(); i++) {
      decode(documents.get(i), i, true);
    }
    return this;
  }

  private void decode(Node document, int index, boolean listAllowed) {
    if (!(document instanceof MappingNode)) {
      fileProblem(
          document, Reason.WRONG_TYPE, "an object is expected, not " + Tree.describe(document));
      return;
    }
    Optional<String> apiVersion = text(document, "apiVersion");
    Optional<String> name = text(document, "kind");
    if (apiVersion.isEmpty() || name.isEmpty()) {
      fileProblem(document, Reason.REQUIRED, "an object needs apiVersion and kind");
    } else if (listAllowed && name.get().equals("List") && apiVersion.get().equals("v1")) {
      Tree.member(document, "items").ifPresent(items -> decodeItems(items, index));
    } else if (!apiVersion.get().startsWith(RUN_GROUP)) {
      kind(apiVersion.get(), name.get(), document).ifPresent(kind -> object(kind, document, index));
    }
  }

  private void decodeItems(Node items, int index) {
    if (items instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> decode(item, index, false));
    } else {
      fileProblem(items, Reason.WRONG_TYPE, "items is a list, not " + Tree.describe(items));
    }
  }

  private Optional<ObjectKind<?>> kind(String apiVersion, String name, Node document) {
    Optional<ObjectKind<?>> kind = Kinds.named(name);
    if (kind.isEmpty()) {
      List<String> names = Kinds.ALL.stream().map(ObjectKind::name).toList();
      String message = "kind " + Text.quoted(name) + " is not read" + NearMiss.hint(name, names);
      fileProblem(document, Reason.UNKNOWN_KIND, message);
      return Optional.empty();
    }
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    if (!group.equals(kind.get().group())
        || !kind.get().versions().contains(apiVersion.substring(slash + 1))) {
      String message =
          "apiVersion "
              + Text.quoted(apiVersion)
              + " of "
              + name
              + " is not read; "
              + kind.get().apiVersion()
              + " is";
      fileProblem(document, Reason.UNKNOWN_KIND, message);
      return Optional.empty();
    }
    return kind;
  }

  private <S extends Record> void object(ObjectKind<S> kind, Node document, int index) {
    Node metadata = Tree.member(document, "metadata").orElse(NOTHING);
    Optional<String> name = text(metadata, "name");
    if (name.isEmpty()) {
      fileProblem(document, Reason.REQUIRED, kind + " needs metadata.name, a string");
      return;
    }
    if (name.get().length() > MAX_NAME || !NAME.matcher(name.get()).matches()) {
      String message =
          "metadata.name "
              + Text.quoted(name.get())
              + " is not a DNS name of lower case letters, digits, - and .";
      fileProblem(metadata, Reason.INVALID, message);
      return;
    }
    Optional<String> namespace = namespace(kind, metadata);
    if (namespace.isEmpty()) {
      return;
    }
    Ref ref = new Ref(kind.name(), namespace.get(), name.get());
    List<Problem> found = new ArrayList<>();
    Meta meta = meta(ref, metadata, found);
    Record spec = spec(kind, ref, document, found);
    Declared<?> declared = spec == null || !found.isEmpty() ? null : new Declared<>(meta, spec);
    objects.add(
        new Decoded(kind, ref, declared, List.copyOf(found), index, YamlReader.line(document)));
  }

  /** The namespace, empty for a cluster-scoped kind; nothing if it is not one. */
  private Optional<String> namespace(ObjectKind<?> kind, Node metadata) {
    Optional<Node> node = Tree.member(metadata, "namespace").filter(n -> !Tree.isNull(n));
    if (kind.scope() == Scope.CLUSTER) {
      if (node.isPresent()) {
        fileProblem(
            node.get(), Reason.INVALID, kind + " is cluster-scoped; remove metadata.namespace");
        return Optional.empty();
      }
      return Optional.of("");
    }
    Optional<String> name =
        node.isEmpty() ? Optional.of(DEFAULT_NAMESPACE) : node.flatMap(Tree::string);
    if (name.isEmpty() || !NAMESPACE.matcher(name.get()).matches()) {
      String found = node.map(Tree::describe).orElse("nothing");
      fileProblem(metadata, Reason.INVALID, "metadata.namespace is a DNS label, not " + found);
      return Optional.empty();
    }
    return name;
  }

  private static Meta meta(Ref ref, Node metadata, List<Problem> problems) {
    return new Meta(
        ref.namespace(),
        ref.name(),
        strings(ref, metadata, "labels", problems),
        strings(ref, metadata, "annotations", problems),
        generation(metadata),
        created(ref, metadata, problems));
  }

  private static Map<String, String> strings(
      Ref ref, Node metadata, String field, List<Problem> problems) {
    Map<String, String> strings = new LinkedHashMap<>();
    Tree.member(metadata, field)
        .ifPresent(node ->
            Tree.members(node)
                .forEach((key, value) ->
                    Tree.string(value)
                        .ifPresentOrElse(
                            text -> strings.put(key, text),
                            () -> problems.add(notAString(ref, field, key, value)))));
    return Map.copyOf(strings);
  }

  private static Problem notAString(Ref ref, String field, String key, Node value) {
    String path = "metadata." + field + "[" + Text.printable(key) + "]";
    return new Problem(
        ref, path, Reason.WRONG_TYPE, "a string is expected, not " + Tree.describe(value));
  }

  private static long generation(Node metadata) {
    return Tree.member(metadata, "generation")
        .filter(node -> node instanceof ScalarNode && node.getTag().equals(Tag.INT))
        .map(node -> ((ScalarNode) node).getValue())
        .filter(text -> text.matches("[0-9]{1,18}"))
        .map(Long::valueOf)
        .orElse(1L);
  }

  private static @Nullable Instant created(Ref ref, Node metadata, List<Problem> problems) {
    Optional<String> text = text(metadata, "creationTimestamp");
    try {
      return text.map(Instant::parse).orElse(null);
    } catch (DateTimeParseException cause) {
      String message = Text.quoted(text.orElse("")) + " is not a time such as 2026-01-31T12:00:00Z";
      problems.add(new Problem(ref, "metadata.creationTimestamp", Reason.INVALID, message));
      return null;
    }
  }

  private static <S extends Record> @Nullable Record spec(
      ObjectKind<S> kind, Ref ref, Node document, List<Problem> problems) {
    Binder binder = new Binder(ref, kind.fields(), problems);
    if (kind.body() == Body.TOP_LEVEL) {
      return (Record)
          binder.record(kind.type(), document, "", List.of("apiVersion", "kind", "metadata"));
    }
    if (kind.fields() == ObjectKind.Fields.CLOSED) {
      Tree.members(document).keySet().stream()
          .filter(key -> !List.of("apiVersion", "kind", "metadata", "spec", "status").contains(key))
          .forEach(key -> problems.add(unknown(ref, key)));
    }
    Optional<Node> spec = Tree.member(document, "spec").filter(node -> !Tree.isNull(node));
    if (spec.isEmpty()) {
      // A kind without required fields may come without a specification.
      List<Problem> missing = new ArrayList<>();
      Object empty =
          new Binder(ref, kind.fields(), missing).record(kind.type(), NOTHING, "spec", List.of());
      if (empty == null) {
        problems.add(new Problem(ref, "spec", Reason.REQUIRED, "the field is required"));
      }
      return (Record) empty;
    }
    return (Record) binder.record(kind.type(), spec.get(), "spec", List.of());
  }

  private static Problem unknown(Ref ref, String key) {
    String hint = NearMiss.hint(key, List.of("metadata", "spec"));
    return new Problem(
        ref,
        Text.printable(key),
        Reason.UNKNOWN_FIELD,
        "there is no field " + Text.quoted(key) + hint);
  }

  private static Optional<String> text(Node node, String key) {
    return Tree.member(node, key).flatMap(Tree::string);
  }

  private void fileProblem(Node at, Reason reason, String message) {
    problems.add(
        new FileProblem(
            YamlReader.line(at), new Problem(FileObjects.fileRef(file), "", reason, message)));
  }
}
