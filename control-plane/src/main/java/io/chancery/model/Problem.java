package io.chancery.model;

import java.util.Comparator;

/**
 * Something that a user must fix.
 *
 * @param on the object at fault
 * @param path the field at fault, such as {@code spec.rules[1].matches[0].path.value}; empty for
 *     the whole object
 * @param message names the offending and the expected value
 */
public record Problem(Ref on, String path, Reason reason, String message)
    implements Comparable<Problem> {
  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::on)
          .thenComparing(Problem::path)
          .thenComparing(Problem::reason)
          .thenComparing(Problem::message);

  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }

  /**
   * {@code Kind namespace/name: field.path: Reason: message}, as {@code check} prints it after file
   * and line.
   */
  @Override
  public String toString() {
    return on + ": " + (path.isEmpty() ? "" : path + ": ") + reason + ": " + message;
  }
}
