package io.chancery.stream;

import io.chancery.snapshot.Snapshot;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides what a stream may be sent now: additions and changes before what refers to them, removals
 * last and the other way round; xds.md §6. Nothing waits longer than the hold time.
 */
final class Order {
  /** A response is about this large at most; xds.md S9. */
  private static final int RESPONSE_BYTES = 1 << 20;

  private final Outlet outlet;
  private final Duration limit;
  private final Map<TypeState, Hold> holds = new HashMap<>();
  private final Hold removalHold;

  /** When it will be asked again; {@link System#nanoTime}. */
  private OptionalLong wake = OptionalLong.empty();

  Order(Outlet outlet, Duration limit) {
    this.outlet = outlet;
    this.limit = limit;
    this.removalHold = new Hold(limit);
  }

  /** Where responses go. */
  interface Outlet {
    boolean isReady();

    /**
     * Sends one response.
     *
     * @param items empty values: the name is removed
     */
    void send(TypeState type, Map<String, Optional<Resource>> items);

    /** Whether something may be taken away from the client; if not, the order is asked again. */
    boolean mayRemove();

    /** Says that what is due is still there; xds.md P16. */
    void beat(TypeState type, Wants wants);

    /** The order wants to be asked again after the hold time. */
    void wakeAfter(Duration hold);

    void holdExpired(TypeState type);
  }

  /**
   * One type in one round.
   *
   * @param pinned a later kind refused its present content, so that the client still uses what that
   *     content would not: nothing is removed; xds.md O4
   */
  private record Turn(TypeState type, Wants wants, boolean pinned) {}

  /**
   * Sends what may be sent.
   *
   * @param types in the order of delivery
   * @param known what must not be offered
   * @return the types whose acknowledged revision moved on
   */
  List<TypeState> run(List<TypeState> types, Snapshot now, KnownRefusals known) {
    List<Turn> turns = turns(types, now, known);
    long unsettled = additions(turns);
    removals(turns, unsettled);
    heartbeats(turns);
    turns.forEach(turn -> wakeAfter(turn.wants));
    return turns.stream()
        .filter(turn -> turn.type.advance(turn.wants, turn.pinned))
        .map(Turn::type)
        .toList();
  }

  /** Comes back when there is more to offer; once, however often it is asked until then. */
  private void wakeAfter(Wants wants) {
    long coming = wake.isPresent() ? wake.getAsLong() - wants.time : 0;
    boolean comesInTime = coming > 0 && coming <= wants.pause;
    if (wants.pause != Long.MAX_VALUE && !comesInTime) {
      wake = OptionalLong.of(wants.time + wants.pause);
      outlet.wakeAfter(Duration.ofNanos(wants.pause));
    }
  }

  private static List<Turn> turns(List<TypeState> types, Snapshot now, KnownRefusals known) {
    List<Turn> turns = new ArrayList<>();
    boolean pinned = false;
    for (TypeState type : types.reversed()) {
      turns.addFirst(new Turn(type, type.wants(now, known), pinned));
      pinned |= !type.rejected(now).isEmpty();
    }
    return turns;
  }

  /** Returns the oldest revision of which an addition is not acknowledged. */
  private long additions(List<Turn> turns) {
    long unsettled = Long.MAX_VALUE;
    for (Turn turn : turns) {
      long own = turn.type.unsettledSince(turn.wants);
      holdMoves(turn, turns);
      if (!turn.type.busy() && outlet.isReady()) {
        addition(turn, unsettled, turns);
      }
      unsettled = Math.min(unsettled, own);
    }
    return unsettled;
  }

  /**
   * A scope that the client has goes on to other routes only when the client has those, too. A new
   * one goes at once: it makes the client ask for the routes. One on demand never waits.
   */
  private void holdMoves(Turn turn, List<Turn> turns) {
    if (!turn.type.kind().equals(ResourceKind.SCOPED_ROUTES) || expired(turn)) {
      return;
    }
    Optional<TypeState> routes =
        turns.stream()
            .map(Turn::type)
            .filter(type -> type.kind().equals(ResourceKind.ROUTE_CONFIGURATION))
            .findFirst();
    boolean moves =
        turn.wants
            .offers
            .entrySet()
            .removeIf(entry ->
                turn.type.holds(entry.getKey())
                    && routes.isPresent()
                    && RouteNames.of(entry.getValue())
                        .filter(name -> !routes.get().confirmed(name))
                        .isPresent());
    turn.wants.held |= moves;
  }

  private boolean expired(Turn turn) {
    Hold hold = holds.get(turn.type);
    return hold != null && hold.expired(System.nanoTime());
  }

  private void addition(Turn turn, long unsettled, List<Turn> turns) {
    Hold hold = holds.computeIfAbsent(turn.type, type -> new Hold(limit));
    boolean expired = expired(turn);
    Optional<Map<String, Optional<Resource>>> chosen =
        turn.type.choose(turn.wants, expired ? Long.MAX_VALUE : unsettled, RESPONSE_BYTES);
    if (expired) {
      outlet.holdExpired(turn.type);
      turns.forEach(other -> other.type.awaitNothing());
    }
    if (turn.wants.held) {
      start(hold);
    } else {
      hold.end();
    }
    chosen.ifPresent(items -> outlet.send(turn.type, items));
  }

  private void removals(List<Turn> turns, long unsettled) {
    if (turns.stream().noneMatch(Order::removes)) {
      removalHold.end();
      return;
    }
    boolean expired = removalHold.expired(System.nanoTime());
    if (!outlet.mayRemove()) {
      return;
    }
    boolean waits = unsettled != Long.MAX_VALUE;
    for (Turn turn : turns.reversed()) {
      if (waits && !expired) {
        start(removalHold);
        return;
      }
      if (removes(turn) && !turn.type.busy() && outlet.isReady()) {
        outlet.send(turn.type, nothing(turn.wants));
      }
      waits |= turn.type.busy() || removes(turn);
    }
    if (expired) {
      removalHold.end();
    }
  }

  private void heartbeats(List<Turn> turns) {
    for (Turn turn : turns) {
      if (!turn.wants.heartbeats.isEmpty() && !turn.type.busy() && outlet.isReady()) {
        outlet.beat(turn.type, turn.wants);
      }
    }
  }

  private static boolean removes(Turn turn) {
    return !turn.pinned && !turn.wants.removals.isEmpty();
  }

  private static Map<String, Optional<Resource>> nothing(Wants wants) {
    Map<String, Optional<Resource>> items = new LinkedHashMap<>();
    wants.removals.forEach(name -> items.put(name, Optional.empty()));
    return items;
  }

  private void start(Hold hold) {
    if (hold.start(System.nanoTime())) {
      outlet.wakeAfter(limit);
    }
  }
}
