package io.chancery.stream;

import com.google.common.primitives.Bytes;
import com.google.protobuf.CodedOutputStream;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Names that a client refused and has nothing of. What it is offered must not begin to refer to
 * them: requests would fail that the last accepted content serves; xds.md N6.
 *
 * @param fields the names, each as protobuf writes a text: after its length
 */
record Lacking(List<byte[]> fields) {
  static final Lacking NOTHING = new Lacking(List.of());

  /** Kinds with content that refers to clusters, secrets and the like, wherever in it. */
  private static final Set<ResourceKind> REFERRING =
      Set.of(
          ResourceKind.LISTENER, ResourceKind.ROUTE_CONFIGURATION, ResourceKind.EXTENSION_CONFIG);

  /** With more names. */
  Lacking and(Collection<String> names) {
    if (names.isEmpty()) {
      return this;
    }
    List<byte[]> all = new ArrayList<>(fields);
    names.stream().map(Lacking::field).forEach(all::add);
    return new Lacking(all);
  }

  private static byte[] field(String name) {
    byte[] field = new byte[CodedOutputStream.computeStringSizeNoTag(name)];
    try {
      CodedOutputStream.newInstance(field).writeStringNoTag(name);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause); // An array of the right size cannot fail.
    }
    return field;
  }

  /**
   * Whether a resource refers to any of the names. References are in many fields, and in extensions
   * at any depth: so every text counts that is such a name and nothing more.
   */
  boolean isReferredToBy(Resource resource) {
    if (fields.isEmpty() || !REFERRING.contains(resource.kind())) {
      return false;
    }
    byte[] bytes = resource.bytes().toByteArray();
    return fields.stream().anyMatch(field -> Bytes.indexOf(bytes, field) >= 0);
  }
}
