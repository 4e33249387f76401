package io.chancery.model;

/** How the routes of a chain are laid out for Envoy. Another form drains the listeners. */
public sealed interface TableForm {

  /** One table, with all hosts in it. */
  record Single() implements TableForm {}

  /**
   * Many tables, each with some of the hosts.
   *
   * @param shards how many, 1 to 10,000; another number moves as few hosts as can be
   */
  record Scoped(int shards) implements TableForm {}
}
