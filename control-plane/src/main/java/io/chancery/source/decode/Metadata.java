package io.chancery.source.decode;

import io.chancery.crd.Meta;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** The metadata of an object beside its name, as it stands in a file. */
record Metadata(
    Map<String, String> labels,
    Map<String, String> annotations,
    @Default("1") @Min(1) Long generation,
    @Nullable String creationTimestamp) {

  /** Reads the metadata of an object whose name is known; null if there are problems. */
  static @Nullable Meta read(Ref ref, Node document, Binder binder, Problems problems) {
    Node node = Tree.member(document, "metadata").orElse(document);
    return binder.record(Metadata.class, node, "metadata", Set.of()) instanceof Metadata metadata
        ? metadata.meta(ref, problems)
        : null;
  }

  private Meta meta(Ref ref, Problems problems) {
    return new Meta(
        ref.namespace(), ref.name(), labels, annotations, generation, created(problems));
  }

  private @Nullable Instant created(Problems problems) {
    try {
      return creationTimestamp == null ? null : Instant.parse(creationTimestamp);
    } catch (DateTimeException cause) {
      String message =
          Text.quoted(creationTimestamp) + " is not a time such as 2026-01-31T12:00:00Z";
      problems.add("metadata.creationTimestamp", Reason.INVALID, message);
      return null;
    }
  }
}
