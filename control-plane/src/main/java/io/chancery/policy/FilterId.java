package io.chancery.policy;

/**
 * Names a filter of the chain, such as {@code jwt_authn}. On a chain the filter, its extension
 * config and its per-route settings all have the name {@code <id>/<chain>}; only {@code compile}
 * makes that name, so that no policy can misspell it: Envoy accepts a wrong key in silence and
 * leaves the route unprotected.
 */
public record FilterId(String id) implements Comparable<FilterId> {

  /** Name of the filter on a chain. */
  public String on(String chain) {
    return id + "/" + chain;
  }

  @Override
  public int compareTo(FilterId other) {
    return id.compareTo(other.id);
  }

  @Override
  public String toString() {
    return id;
  }
}
