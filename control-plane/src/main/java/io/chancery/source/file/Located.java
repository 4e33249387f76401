package io.chancery.source.file;

import io.chancery.model.Problem;
import java.util.Comparator;

/** A problem and the place in a file that it is about. */
public record Located(Location location, Problem problem) implements Comparable<Located> {
  private static final Comparator<Located> ORDER =
      Comparator.<Located, String>comparing(l -> l.location().file())
          .thenComparingInt(l -> l.location().line())
          .thenComparing(Located::problem);

  @Override
  public int compareTo(Located other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line: Kind namespace/name: field.path: Reason: message}. */
  @Override
  public String toString() {
    boolean ofFile = problem.on().kind().equals(FileObjects.FILE_KIND);
    return location
        + ": "
        + (ofFile ? problem.reason() + ": " + problem.message() : problem.toString());
  }
}
