package io.chancery.stream;

import java.util.Optional;

/**
 * All resources of a collection: {@code xdstp://authority/type/path/*}, with the context parameters
 * that they have to have; xRFC TP1, "Glob collections".
 *
 * @param prefix what the names begin with
 * @param parameters what they end with: empty, or from the question mark on
 */
record Glob(String prefix, String parameters) {
  private static final String SCHEME = "xdstp:";

  /** The collection that a name stands for; all other names stand for one resource. */
  static Optional<Glob> of(String name) {
    if (!name.startsWith(SCHEME)) {
      return Optional.empty();
    }
    String path = path(name);
    return path.endsWith("/*")
        ? Optional.of(new Glob(path.substring(0, path.length() - 1), name.substring(path.length())))
        : Optional.empty();
  }

  private static String path(String name) {
    int question = name.indexOf('?');
    return question < 0 ? name : name.substring(0, question);
  }

  boolean matches(String name) {
    String path = path(name);
    return path.length() > prefix.length()
        && path.startsWith(prefix)
        && name.substring(path.length()).equals(parameters);
  }
}
