package io.chancery.source.decode;

import io.chancery.crd.Kinds;
import io.chancery.crd.Meta;
import io.chancery.crd.ObjectKind;
import io.chancery.crd.ObjectKind.Body;
import io.chancery.crd.ObjectKind.Fields;
import io.chancery.model.Problem;
import io.chancery.model.Ref;
import io.chancery.source.Declared;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * From the tree of one object to its record. All sources decode by this, so that an object means
 * the same and is refused for the same reasons wherever it was declared.
 */
public final class ObjectDecoder {
  private static final Set<String> TOP = Set.of("apiVersion", "kind", "metadata", "status");
  private static final Set<String> TOP_AND_SPEC =
      Set.of("apiVersion", "kind", "metadata", "spec", "status");
  private static final Node NOTHING = new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK);

  private ObjectDecoder() {}

  /**
   * An object, as far as it could be decoded.
   *
   * @param declared null if there are problems that keep the object from being used
   * @param problems what is wrong with it, with the paths of fields
   */
  public record Result(@Nullable Declared<?> declared, List<Problem> problems) {}

  /**
   * Decodes an object that is known by name.
   *
   * @param found problems that were found while it was identified
   */
  public static Result decode(
      ObjectKind<?> kind, Ref ref, List<Identity.Finding> found, Node document) {
    Problems wrong = new Problems(ref);
    found.forEach(finding -> wrong.add(finding.path(), finding.reason(), finding.message()));
    Meta meta = Metadata.read(ref, document, new Binder(Fields.OPEN, isSecret(kind), wrong), wrong);
    Record spec = spec(kind, document, new Binder(kind.fields(), isSecret(kind), wrong));
    if (spec != null && isOwn(kind)) {
      new RuleCheck(wrong).check(kind.type(), specNode(document), "spec");
    }
    return new Result(declared(meta, spec, wrong), wrong.list());
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
    return binder.record(kind.type(), specNode(document), "spec", Set.of());
  }

  /** Without a specification the required fields are reported as if it were empty. */
  private static Node specNode(Node document) {
    return Tree.member(document, "spec").orElse(NOTHING);
  }

  /**
   * The rules are those of the own kinds. Kinds of the Gateway API share records with them, and
   * have rules of their own: an object of theirs whose one rule is at fault serves with the others.
   */
  private static boolean isOwn(ObjectKind<?> kind) {
    return kind.group().equals(Kinds.GROUP);
  }

  private static boolean isSecret(ObjectKind<?> kind) {
    return kind.equals(Kinds.SECRET);
  }
}
