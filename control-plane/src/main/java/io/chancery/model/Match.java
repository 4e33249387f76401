package io.chancery.model;

import java.util.List;

/**
 * Conditions on a request; all must hold.
 *
 * @param method empty for any
 */
public record Match(Path path, String method, List<Field> headers, List<Field> query) {

  /** Every request. */
  public static final Match ALL = new Match(new Path.Prefix("/"), "", List.of(), List.of());

  /** A condition on the path. */
  public sealed interface Path {

    /** As the user wrote it. */
    String value();

    /** The whole path. */
    record Exact(String value) implements Path {}

    /** Whole segments at the start; without a trailing slash, except for the root. */
    record Prefix(String value) implements Path {
      /** True if it matches every path. */
      public boolean isRoot() {
        return value.equals("/");
      }
    }

    /** An RE2 expression for the whole path. */
    record Regex(String value) implements Path {}
  }

  /** A condition on a header or query parameter. */
  public record Field(String name, String value, boolean regex) {}
}
