package io.chancery.crd.gateway;

import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Allows references from other namespaces to objects of the grant's namespace. */
public record ReferenceGrantSpec(
    @Required @Size(min = 1, max = 16) List<From> from,
    @Required @Size(min = 1, max = 16) List<To> to) {

  /** Who may refer. */
  public record From(@Required String group, @Required String kind, @Required String namespace) {}

  /**
   * To what.
   *
   * @param name all objects of the kind if null
   */
  public record To(@Required String group, @Required String kind, @Nullable String name) {}
}
