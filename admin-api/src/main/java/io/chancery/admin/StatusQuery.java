package io.chancery.admin;

import io.chancery.admin.view.ObjectView;
import java.util.Optional;

/**
 * Which objects a reader wants to see; all parts must hold.
 *
 * @param kind in any case; empty for all
 * @param problemsOnly only objects with problems, or with a condition that does not hold
 */
public record StatusQuery(
    Optional<String> kind,
    Optional<String> namespace,
    Optional<String> name,
    boolean problemsOnly) {

  /** True if the reader wants to see this one. */
  public boolean matches(ObjectView object) {
    return kind.map(object.kind()::equalsIgnoreCase).orElse(true)
        && namespace.map(object.namespace()::equals).orElse(true)
        && name.map(object.name()::equals).orElse(true)
        && (!problemsOnly || Troubles.has(object));
  }
}
