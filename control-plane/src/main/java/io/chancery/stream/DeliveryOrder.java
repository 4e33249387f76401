package io.chancery.stream;

import io.chancery.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a stream may send next: make before break (xds.md §6). First additions and changes, what is
 * referred to before what refers to it; then, when all of that is accepted, removals in reverse.
 * Nothing waits longer than the hold.
 */
final class DeliveryOrder {
  /** After this long an unanswered response holds nobody up any more. */
  static final long HOLD_NANOS = 15_000_000_000L;

  private DeliveryOrder() {}

  /** A response that may be sent now. */
  record Step(TypeState type, List<String> names) {}

  /**
   * The next response, or empty if there is nothing to send or something to wait for.
   *
   * @param warming whether endpoints of clusters that the client just took are still on their way
   */
  static Optional<Step> next(
      Collection<TypeState> types, Snapshot snapshot, boolean warming, long nowNanos) {
    List<TypeState> inOrder = new ArrayList<>(types);
    inOrder.sort(Comparator.comparing(TypeState::kind));
    boolean blocked = false;
    for (TypeState type : inOrder) {
      boolean needsEndpoints = type.kind().rank() > io.chancery.xds.ResourceKind.ENDPOINTS.rank();
      boolean held = blocked || (needsEndpoints && warming);
      List<String> additions = type.additions(snapshot);
      boolean due = !additions.isEmpty() || type.isAnswerDue();
      if (due && !held && type.inFlight().isEmpty()) {
        return Optional.of(new Step(type, additions));
      }
      blocked |= due || isHolding(type, nowNanos);
    }
    return blocked ? Optional.empty() : removal(inOrder.reversed(), snapshot, nowNanos);
  }

  private static Optional<Step> removal(
      List<TypeState> reversed, Snapshot snapshot, long nowNanos) {
    for (TypeState type : reversed) {
      List<String> removals = type.removals(snapshot);
      if (!removals.isEmpty() && type.inFlight().isEmpty()) {
        return Optional.of(new Step(type, removals));
      }
      if (!removals.isEmpty() || isHolding(type, nowNanos)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean isHolding(TypeState type, long nowNanos) {
    return type.inFlight().filter(offer -> nowNanos - offer.sentNanos() < HOLD_NANOS).isPresent();
  }
}
