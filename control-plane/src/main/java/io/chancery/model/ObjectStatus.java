package io.chancery.model;

import java.util.List;
import java.util.Set;

/**
 * What check and compile say of one object. {@code Programmed} is not in it: that follows from what
 * the fleet acknowledged, and is added by {@code status}.
 *
 * @param generation the generation of the object that this is about
 * @param fleets fleets whose configuration carries the object; empty if none does
 * @param conditions of the object as a whole; empty for routes, which have them per parent
 * @param parents for routes: one entry for each parent reference
 * @param listeners for Gateways: one entry for each listener
 * @param problems all that the user must fix, sorted
 */
public record ObjectStatus(
    Ref ref,
    long generation,
    Set<String> fleets,
    List<Condition> conditions,
    List<Parent> parents,
    List<Listener> listeners,
    List<Problem> problems) {

  /**
   * Of a route, at one of its parents.
   *
   * @param sectionName the listener that the reference names, or empty
   * @param port the port that the reference names, or 0
   */
  public record Parent(Ref ref, String sectionName, int port, List<Condition> conditions) {}

  /**
   * Of one listener of a Gateway.
   *
   * @param attachedRoutes routes that attached successfully
   */
  public record Listener(
      String name, int attachedRoutes, List<String> supportedKinds, List<Condition> conditions) {}
}
