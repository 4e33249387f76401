package io.chancery.source.file;

/**
 * A place in a file.
 *
 * @param line counted from 1
 */
public record Location(String file, int line) {
  /** The place of what stands in no file. */
  static final Location GENERATED = new Location("(generated)", 1);

  /** {@code file:line}. */
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
