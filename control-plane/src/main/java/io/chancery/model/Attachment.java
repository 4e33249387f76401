package io.chancery.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a route attaches: one entry for each of its parent references that names a Gateway of ours.
 */
public record Attachment(Ref route, List<Place> places) {

  /**
   * What became of one parent reference.
   *
   * @param refused why the route does not attach; empty if it does
   */
  public record Place(Route.Parent parent, Optional<Problem> refused, List<Binding> bindings) {}

  /**
   * The route at one listener.
   *
   * @param ports where the listener listens
   * @param hostnames hosts of the route that are hosts of the listener
   */
  public record Binding(
      Set<PortKey> ports, Ref gateway, String listener, Set<Hostname> hostnames) {}
}
