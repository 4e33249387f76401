package io.chancery.source.file;

/**
 * A place in a file.
 *
 * @param line counted from 1
 */
public record Location(String file, int line) {

  /** {@code file:line}. */
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
