package io.chancery.source.file;

import io.chancery.crd.Kinds;
import io.chancery.crd.Meta;
import io.chancery.crd.ObjectKind;
import io.chancery.crd.ObjectKind.Body;
import io.chancery.crd.ObjectKind.Fields;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.source.Declared;
import io.chancery.source.file.Decoded.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** From the documents of a file to objects. What cannot even be named is a problem of the file. */
final class Decoder {
  private static final Set<String> TOP = Set.of("apiVersion", "kind", "metadata", "status");
  private static final Set<String> TOP_AND_SPEC =
      Set.of("apiVersion", "kind", "metadata", "spec", "status");
  private static final Node NOTHING = new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK);

  private final String file;
  private final List<Decoded> objects = new ArrayList<>();
  private final List<Located> problems = new ArrayList<>();
  private boolean doubtful;

  Decoder(String file) {
    this.file = file;
  }

  Contents contents() {
    return new Contents(objects, problems);
  }

  /** Whether a document may be an object of ours, and does not say which. */
  boolean doubtful() {
    return doubtful;
  }

  void decode(List<Node> documents) {
    for (int i = 0; i < documents.size(); i++) {
      decode(documents.get(i), new Position(i, -1));
    }
  }

  /** The node of an object that a decoder found at a position. */
  static Node at(List<Node> documents, Position position) {
    Node document = documents.get(position.document());
    return position.item() >= 0
            && Tree.member(document, "items").orElse(document) instanceof SequenceNode items
        ? items.getValue().get(position.item())
        : document;
  }

  private void decode(Node document, Position position) {
    switch (Identity.of(document, position.item() < 0)) {
      case Identity.Named(var kind, var ref, var found) ->
          objects.add(object(kind, ref, found, document, position));
      case Identity.ListOf(Node items) -> decodeItems(items, position);
      case Identity.Skipped _ -> {}
      case Identity.Unnamed(var found, boolean mayBeOurs) -> {
        doubtful |= mayBeOurs;
        problems.add(problem(document, found));
      }
    }
  }

  private void decodeItems(Node items, Position position) {
    if (!(items instanceof SequenceNode sequence)) {
      String message = "items is a list, not " + Tree.describe(items);
      problems.add(problem(items, new Identity.Finding("items", Reason.WRONG_TYPE, message)));
      doubtful = true;
      return;
    }
    for (int i = 0; i < sequence.getValue().size(); i++) {
      decode(sequence.getValue().get(i), new Position(position.document(), i));
    }
  }

  private <S extends Record> Decoded object(
      ObjectKind<S> kind, Ref ref, List<Identity.Finding> found, Node document, Position position) {
    Problems wrong = new Problems(file, ref, document);
    found.forEach(finding -> wrong.add(finding.path(), finding.reason(), finding.message()));
    Meta meta = Metadata.read(ref, document, new Binder(Fields.OPEN, isSecret(kind), wrong), wrong);
    Record spec = spec(kind, document, new Binder(kind.fields(), isSecret(kind), wrong));
    Declared<?> declared = declared(meta, spec, wrong);
    Location location = new Location(file, YamlReader.line(document));
    return new Decoded(kind, ref, declared, wrong.list(), position, location);
  }

  private static @Nullable Declared<?> declared(
      @Nullable Meta meta, @Nullable Record spec, Problems wrong) {
    return meta == null || spec == null || wrong.count() > 0 ? null : new Declared<>(meta, spec);
  }

  private static @Nullable Record spec(ObjectKind<?> kind, Node document, Binder binder) {
    if (kind.body() == Body.TOP_LEVEL) {
      return binder.record(kind.type(), document, "", TOP);
    }
    if (kind.fields() == Fields.CLOSED) {
      Tree.members(document).keySet().stream()
          .filter(name -> !TOP_AND_SPEC.contains(name))
          .forEach(name -> binder.unknown(name, "", TOP_AND_SPEC));
    }
    // Without a specification the required fields are reported as if it were empty.
    Node spec = Tree.member(document, "spec").orElse(NOTHING);
    return binder.record(kind.type(), spec, "spec", Set.of());
  }

  private static boolean isSecret(ObjectKind<?> kind) {
    return kind.equals(Kinds.SECRET);
  }

  private Located problem(Node document, Identity.Finding finding) {
    Location location = new Location(file, Tree.line(document, finding.path()));
    Ref on = FileObjects.fileRef(file);
    return new Located(location, new Problem(on, "", finding.reason(), finding.message()));
  }
}
