package io.chancery.status;

import io.chancery.model.Condition;
import io.chancery.model.ObjectStatus;
import io.chancery.model.Ref;
import io.chancery.xds.ResourceChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.pcollections.TreePMap;

/**
 * The status of every object, at hand for many readers. One thread writes: for each batch first
 * {@link #compiled}, then {@link #published}. What the nodes have acknowledged is asked when
 * somebody reads, so it is never older than the question.
 */
public final class StatusBoard {
  /** Kinds that belong to no fleet: they are in those that use them. */
  private static final Set<String> SHARED = Set.of("Backend", "IdentityProvider");

  private final FleetProgress progress;
  private volatile State state = new State(TreePMap.empty(), Touches.NONE);

  public StatusBoard(FleetProgress progress) {
    this.progress = Objects.requireNonNull(progress, "progress");
  }

  private record State(TreePMap<Ref, ObjectStatus> statuses, Touches touches) {}

  /**
   * Takes what a batch says of objects.
   *
   * @param changed empty: the object went
   */
  public void compiled(Map<Ref, Optional<ObjectStatus>> changed) {
    TreePMap<Ref, ObjectStatus> statuses = state.statuses;
    Touches touches = state.touches;
    for (Map.Entry<Ref, Optional<ObjectStatus>> change : changed.entrySet()) {
      Ref ref = change.getKey();
      if (change.getValue().isPresent()) {
        statuses = statuses.plus(ref, change.getValue().get());
      } else {
        statuses = statuses.minus(ref);
        touches = touches.without(ref);
      }
    }
    state = new State(statuses, touches);
  }

  /**
   * Takes the resources that a revision of the snapshots changed. Objects that have no status are
   * passed over.
   *
   * @param revision greater than all before
   */
  public void published(long revision, List<ResourceChange> changes) {
    State before = state;
    state =
        new State(before.statuses, before.touches.and(revision, changes, before.statuses.keySet()));
  }

  /** All that is known of one object; empty if there is no such object, or nothing to say of it. */
  public Optional<ObjectReport> report(Ref ref) {
    State now = state;
    return Optional.ofNullable(now.statuses.get(ref))
        .map(status -> report(status, now.touches, progress));
  }

  /** All objects, in the order of their names. */
  public List<ObjectReport> reports() {
    State now = state;
    Map<String, List<NodeProgress>> asked = new HashMap<>();
    FleetProgress once = fleet -> asked.computeIfAbsent(fleet, progress::nodes);
    return now.statuses.values().stream().map(status -> report(status, now.touches, once)).toList();
  }

  private static ObjectReport report(ObjectStatus status, Touches touches, FleetProgress progress) {
    Set<String> fleets =
        SHARED.contains(status.ref().kind()) ? touches.fleets(status.ref()) : status.fleets();
    return Verdict.of(status.ref(), fleets, touches, progress)
        .map(verdict ->
            new ObjectReport(with(status, verdict.condition()), Optional.of(verdict.programmed())))
        .orElseGet(() -> new ObjectReport(status, Optional.empty()));
  }

  /** Routes have conditions per parent only, everything else as a whole, and per listener. */
  private static ObjectStatus with(ObjectStatus status, Condition programmed) {
    boolean perParent = !status.parents().isEmpty();
    return new ObjectStatus(
        status.ref(),
        status.generation(),
        status.fleets(),
        perParent ? status.conditions() : plus(status.conditions(), programmed),
        status.parents().stream().map(parent -> with(parent, programmed)).toList(),
        status.listeners().stream().map(listener -> with(listener, programmed)).toList(),
        status.problems());
  }

  private static ObjectStatus.Parent with(ObjectStatus.Parent parent, Condition programmed) {
    return new ObjectStatus.Parent(
        parent.ref(), parent.sectionName(), parent.port(), plus(parent.conditions(), programmed));
  }

  private static ObjectStatus.Listener with(ObjectStatus.Listener listener, Condition programmed) {
    return new ObjectStatus.Listener(
        listener.name(),
        listener.attachedRoutes(),
        listener.supportedKinds(),
        plus(listener.conditions(), programmed));
  }

  /**
   * What is not accepted is not in use, whatever the nodes run (Gateway API, {@code Invalid}). Of
   * what the nodes refused, and do not have any more, compile says that itself.
   */
  private static List<Condition> plus(List<Condition> conditions, Condition programmed) {
    if (conditions.stream().anyMatch(c -> c.type().equals(programmed.type()))) {
      return conditions;
    }
    List<Condition> all = new ArrayList<>(conditions);
    all.add(
        conditions.stream()
            .filter(c -> c.type().equals("Accepted") && c.status() == Condition.Status.FALSE)
            .findFirst()
            .map(refused -> Verdict.invalid("not accepted: " + refused.message()))
            .orElse(programmed));
    return List.copyOf(all);
  }
}
