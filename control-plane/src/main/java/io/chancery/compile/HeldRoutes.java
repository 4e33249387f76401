package io.chancery.compile;

import io.chancery.engine.Table;
import io.chancery.engine.Write;
import io.chancery.model.FleetName;
import io.chancery.model.Ref;
import io.chancery.xds.Bisection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes routes back that an Envoy refused, so that the rest of their table goes on; ADR 0013. An
 * Envoy refuses a table as a whole. The suspects are the routes that changed since the table that
 * it runs: all of them are held, and if they are many, let go again half by half. It is state, so
 * it stands outside of the rules, as {@link LastGood}.
 */
final class HeldRoutes {
  /** How many states of a route are remembered: the fleet runs one of the newest. */
  private static final int DEPTH = 8;

  private final Compilation tables;
  private final Table.Source<Ref, HeldRoute> held;
  private final Map<Ref, Deque<State>> states = new HashMap<>();
  private final Map<FleetName, Trial> trials = new HashMap<>();

  /** What stood, or stands, in the place of a route that did not change since. */
  private final Map<Ref, HeldRoute> tried = new HashMap<>();

  /** What a route was made to in a batch. */
  private record State(long batch, HeldRoute.Made made) {}

  HeldRoutes(Compilation tables, Table.Source<Ref, HeldRoute> held) {
    this.tables = tables;
    this.held = held;
  }

  /** The writes that follow from what changed in a batch. */
  List<Write<?, ?>> follow(Changes changes, long batch) {
    Map<Ref, Optional<HeldRoute>> next = new HashMap<>();
    for (Ref ref : changes.madeRoutes()) {
      remember(ref, batch);
      tried.remove(ref);
      if (held.rows().containsKey(ref)) {
        next.put(ref, Optional.empty()); // There is something new to try.
      }
      trials.values().forEach(trial -> trial.forget(ref));
    }
    for (FleetName table : changes.verdicts()) {
      TableVerdict verdict = tables.verdicts.rows().get(table);
      if (verdict == null) {
        continue;
      }
      if (verdict.accepted()) {
        accepted(table, verdict, batch, next);
      } else {
        refused(table, verdict, batch, next);
      }
    }
    List<Write<?, ?>> writes = new ArrayList<>();
    next.forEach((ref, row) -> writes.add(new Write<>(held, ref, row.orElse(null))));
    return writes;
  }

  private void remember(Ref ref, long batch) {
    CompiledRoute route = tables.madeRoutes.rows().get(ref);
    Placement placement = tables.madePlacements.rows().get(ref);
    if (route == null || placement == null) {
      states.remove(ref);
      return;
    }
    Deque<State> known = states.computeIfAbsent(ref, _ -> new ArrayDeque<>());
    boolean neverRan = held.rows().containsKey(ref); // Something else stands in its place.
    if (!known.isEmpty() && (known.getFirst().batch == batch || neverRan)) {
      known.removeFirst();
    }
    known.addFirst(new State(batch, new HeldRoute.Made(route, placement)));
    if (known.size() > DEPTH) {
      known.removeLast();
    }
  }

  private void refused(
      FleetName table, TableVerdict verdict, long batch, Map<Ref, Optional<HeldRoute>> next) {
    Trial running = trials.get(table);
    if (running != null && verdict.last() < running.since()) {
      return; // It is about a table of before.
    }
    long first = running == null ? verdict.first() : running.since();
    Set<Ref> suspects = changed(table, first, verdict.last());
    if (running != null) {
      suspects.addAll(running.tested());
    }
    if (suspects.isEmpty()) {
      if (running != null) { // What stands in the place of the suspects is refused, too.
        running.held(held.rows().keySet()).forEach(ref -> escalate(ref, next));
        trials.put(table, running.waiting(batch));
      }
      return;
    }
    suspects.forEach(ref -> hold(ref, verdict, next));
    if (suspects.size() == 1) {
      suspects.forEach(ref -> blame(ref, verdict.text(), next));
    }
    Trial trial = running == null ? Trial.start() : running;
    trials.put(table, trial.refused(suspects, batch));
  }

  private void accepted(
      FleetName table, TableVerdict verdict, long batch, Map<Ref, Optional<HeldRoute>> rows) {
    Trial trial = trials.get(table);
    if (trial == null || verdict.last() < trial.since()) {
      return;
    }
    Trial next = trial.accepted(batch);
    if (next.tested.isEmpty()) {
      trials.remove(table);
    } else {
      trials.put(table, next);
    }
    next.tested.forEach(ref -> rows.put(ref, Optional.empty()));
  }

  /** Routes of a table that changed in these batches and are in force as they are. */
  private Set<Ref> changed(FleetName table, long first, long last) {
    Set<Ref> changed = new TreeSet<>();
    states.forEach((ref, known) -> {
      long batch = known.getFirst().batch;
      boolean isNew = batch >= first && batch <= last;
      if (isNew
          && !held.rows().containsKey(ref)
          && isIn(table, known.getFirst().made.placement())) {
        changed.add(ref);
      }
    });
    return changed;
  }

  private boolean isIn(FleetName table, Placement placement) {
    return placement.hosts().stream()
        .anyMatch(host -> {
          Scope scope = tables.scopes.rows().get(host);
          return scope == null ? host.table().equals(table) : scope.shard().equals(table);
        });
  }

  private void hold(Ref ref, TableVerdict verdict, Map<Ref, Optional<HeldRoute>> next) {
    Deque<State> known = states.get(ref);
    if (known != null) {
      HeldRoute hold = tried.computeIfAbsent(ref, _ -> held(known, verdict));
      next.put(ref, Optional.of(hold));
    }
  }

  /** The text that names a group is replaced by the one that the culprit gets alone. */
  private void blame(Ref ref, String text, Map<Ref, Optional<HeldRoute>> next) {
    HeldRoute before = tried.get(ref);
    if (before != null) {
      HeldRoute hold = new HeldRoute(before.form(), before.made(), text);
      tried.put(ref, hold);
      next.put(ref, Optional.of(hold));
    }
  }

  private static HeldRoute held(Deque<State> known, TableVerdict verdict) {
    return known.stream()
        .filter(state -> state.batch < verdict.first())
        .findFirst()
        .map(good -> new HeldRoute(HeldRoute.Form.LAST_GOOD, good.made, verdict.text()))
        .orElseGet(
            () -> new HeldRoute(HeldRoute.Form.CLOSED, known.getFirst().made, verdict.text()));
  }

  private void escalate(Ref ref, Map<Ref, Optional<HeldRoute>> next) {
    Deque<State> known = states.get(ref);
    HeldRoute before = tried.get(ref);
    if (known != null && before != null && before.form() != HeldRoute.Form.ABSENT) {
      HeldRoute.Form form =
          before.form() == HeldRoute.Form.LAST_GOOD ? HeldRoute.Form.CLOSED : HeldRoute.Form.ABSENT;
      HeldRoute hold = new HeldRoute(form, known.getFirst().made, before.text());
      tried.put(ref, hold);
      next.put(ref, Optional.of(hold));
    }
  }

  /**
   * A search for culprits in one table.
   *
   * @param all suspects that there ever were
   * @param suspects those that are still held and may be let go
   * @param tested those that were let go last, to see
   * @param since the batch of the last hold or release: what a fleet says of earlier ones is old
   */
  private record Trial(
      Bisection<Ref> bisection, Set<Ref> all, Set<Ref> suspects, Set<Ref> tested, long since) {

    static Trial start() {
      return new Trial(new Bisection<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), 0);
    }

    Trial refused(Set<Ref> refs, long batch) {
      boolean alone = refs.size() == 1;
      all.addAll(refs);
      bisection.refused(refs, alone ? refs : Set.of());
      if (alone) {
        suspects.removeAll(refs);
      } else {
        suspects.addAll(refs);
      }
      return new Trial(bisection, all, suspects, new TreeSet<>(), batch);
    }

    Trial accepted(long batch) {
      bisection.accepted(tested);
      suspects.removeAll(tested);
      return new Trial(bisection, all, suspects, new TreeSet<>(bisection.next(suspects)), batch);
    }

    Trial waiting(long batch) {
      return new Trial(bisection, all, suspects, tested, batch);
    }

    void forget(Ref ref) {
      bisection.forget(ref);
      all.remove(ref);
      suspects.remove(ref);
      tested.remove(ref);
    }

    /** Those of its suspects that are held. */
    Set<Ref> held(Set<Ref> held) {
      Set<Ref> both = new TreeSet<>(all);
      both.retainAll(held);
      return both;
    }
  }
}
