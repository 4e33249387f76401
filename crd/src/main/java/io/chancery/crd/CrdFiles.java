package io.chancery.crd;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The CustomResourceDefinitions of the own kinds, as files that Kubernetes takes. */
public final class CrdFiles {
  /** In the order of the documentation. */
  private static final List<String> NAMES =
      List.of(
          "routes",
          "policies",
          "backends",
          "backendpolicies",
          "identityproviders",
          "consumers",
          "fleets");

  private CrdFiles() {}

  /**
   * The YAML texts, one document each, in a fixed order. They begin with a comment and end with a
   * line feed; {@code ---} between them makes one file.
   */
  public static List<String> all() {
    return NAMES.stream().map(name -> read("/crds/" + name + "." + Kinds.GROUP + ".yaml")).toList();
  }

  private static String read(String resource) {
    try (InputStream stream = CrdFiles.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the product lacks its resource " + resource);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException cause) {
      throw new UncheckedIOException("cannot read the resource " + resource, cause);
    }
  }
}
