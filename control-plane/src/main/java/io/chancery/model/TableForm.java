package io.chancery.model;

/** How the routes of a chain are laid out for Envoy. Another form drains the listeners. */
public sealed interface TableForm {

  /** One table, with all hosts in it. */
  record Single() implements TableForm {}

  /**
   * Many tables, each with some of the hosts.
   *
   * @param shards how many, 1 to 10,000; another number moves as few hosts as can be
   * @param onDemand whether an Envoy gets a table only when a request needs it
   */
  record Scoped(int shards, boolean onDemand) implements TableForm {}

  /** Whether the route of a request may be found only after the chain has begun. */
  default boolean isOnDemand() {
    return switch (this) {
      case Single _ -> false;
      case Scoped scoped -> scoped.onDemand();
    };
  }
}
