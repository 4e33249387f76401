package io.chancery.source.file;

import io.chancery.crd.ObjectKind;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.source.decode.Identity;
import io.chancery.source.decode.ObjectDecoder;
import io.chancery.source.decode.Tree;
import io.chancery.source.file.Decoded.Position;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** From the documents of a file to objects. What cannot even be named is a problem of the file. */
final class Decoder {
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

  private Decoded object(
      ObjectKind<?> kind, Ref ref, List<Identity.Finding> found, Node document, Position position) {
    ObjectDecoder.Result result = ObjectDecoder.decode(kind, ref, found, document);
    List<Located> located =
        result.problems().stream()
            .map(problem -> new Located(location(document, problem.path()), problem))
            .toList();
    Location location = new Location(file, Tree.line(document));
    return new Decoded(kind, ref, result.declared(), located, position, location);
  }

  private Location location(Node document, String path) {
    return new Location(file, Tree.line(document, path));
  }

  private Located problem(Node document, Identity.Finding finding) {
    Problem problem =
        new Problem(FileObjects.fileRef(file), "", finding.reason(), finding.message());
    return new Located(location(document, finding.path()), problem);
  }
}
