package io.chancery.status;

import io.chancery.model.Condition;
import io.chancery.model.Ref;
import io.chancery.status.Touches.Place;
import io.chancery.xds.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the nodes made of one object, counted.
 *
 * @param objection of the first node that refused it, in its own words
 */
record Verdict(Programmed programmed, Optional<String> objection) {
  private static final String TYPE = "Programmed";

  /**
   * Asks all nodes of the fleets of an object. A node that refused a resource that carries the
   * object counts as refusing, however far it is with the rest of the kind. A kind that a node does
   * not subscribe to does not count: the node has nothing of it, and so nothing that is old.
   *
   * @return empty if nothing of the object is in its fleets
   */
  static Optional<Verdict> of(
      Ref ref, Set<String> fleets, Touches touches, FleetProgress progress) {
    Map<Place, Long> wanted = touches.of(ref);
    long revision =
        wanted.entrySet().stream()
            .filter(place -> fleets.contains(place.getKey().fleet()))
            .mapToLong(Map.Entry::getValue)
            .max()
            .orElse(-1);
    if (revision < 0) {
      return Optional.empty();
    }
    int nodes = 0;
    int acked = 0;
    List<String> objections = new ArrayList<>();
    for (String fleet : fleets.stream().sorted().toList()) {
      for (NodeProgress node : progress.nodes(fleet)) {
        nodes++;
        Optional<String> objection = objection(ref, fleet, node, touches);
        objection.ifPresent(objections::add);
        if (objection.isEmpty() && isDone(fleet, node, wanted)) {
          acked++;
        }
      }
    }
    return Optional.of(
        new Verdict(
            new Programmed(revision, nodes, acked, objections.size()),
            objections.stream().findFirst()));
  }

  /** A node that has not asked for listeners yet is still starting, and runs nothing. */
  private static boolean isDone(String fleet, NodeProgress node, Map<Place, Long> wanted) {
    return node.acked().containsKey(ResourceKind.LISTENER)
        && node.acked().entrySet().stream()
            .allMatch(kind ->
                kind.getValue() >= wanted.getOrDefault(new Place(fleet, kind.getKey()), 0L));
  }

  private static Optional<String> objection(
      Ref ref, String fleet, NodeProgress node, Touches touches) {
    return node.rejections().stream()
        .filter(no -> touches.concerns(fleet, no.kind(), no.name(), no.version(), ref))
        .map(
            no -> fleet + "/" + node.id() + ": " + no.kind() + "/" + no.name() + ": " + no.detail())
        .findFirst();
  }

  /** The condition {@code Programmed}. */
  Condition condition() {
    if (programmed.nodes() == 0) {
      return Condition.fails(TYPE, "NoNodes", "no node of the fleet is connected");
    }
    if (programmed.acked() == programmed.nodes()) {
      return Condition.holds(TYPE, TYPE);
    }
    return objection
        .map(text -> Condition.fails(TYPE, "Rejected", text))
        .orElseGet(() -> Condition.fails(TYPE, "Pending", pending()));
  }

  /** The same for a part that cannot be used, whatever the nodes say. */
  static Condition invalid(String why) {
    return Condition.fails(TYPE, "Invalid", why);
  }

  private String pending() {
    return programmed.acked()
        + " of "
        + programmed.nodes()
        + " nodes run revision "
        + programmed.revision();
  }
}
