package io.chancery.stream;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Finds the refused resources that an Envoy names in its error text, such as {@code Error
 * adding/updating cluster(s) orders: ...}; xds.md N5.
 */
final class Culprits {
  private Culprits() {}

  /** Those of the names that are in the text as a word of their own. */
  static Set<String> namedIn(String detail, Collection<String> names) {
    Set<String> found = new LinkedHashSet<>();
    for (String name : names) {
      if (!name.isEmpty() && isIn(detail, name)) {
        found.add(name);
      }
    }
    return found;
  }

  private static boolean isIn(String detail, String name) {
    for (int at = detail.indexOf(name); at >= 0; at = detail.indexOf(name, at + 1)) {
      if (isBorder(detail, at - 1) && isBorder(detail, at + name.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBorder(String detail, int at) {
    return at < 0 || at >= detail.length() || " \t\n'\"`:,;()[]".indexOf(detail.charAt(at)) >= 0;
  }
}
