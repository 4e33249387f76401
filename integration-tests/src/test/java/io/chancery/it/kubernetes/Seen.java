package io.chancery.it.kubernetes;

import io.chancery.crd.FleetSpec;
import io.chancery.crd.Kinds;
import io.chancery.engine.Write;
import io.chancery.model.Problem;
import io.chancery.model.Ref;
import io.chancery.source.Declared;
import io.chancery.source.ObjectTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a source handed over. */
final class Seen {
  private final ObjectTables tables;
  private final List<Write<?, ?>> writes = new ArrayList<>();
  private boolean first;

  Seen(ObjectTables tables) {
    this.tables = tables;
  }

  synchronized void accept(List<Write<?, ?>> batch) {
    first = true;
    writes.addAll(batch);
  }

  synchronized boolean hasFirst() {
    return first;
  }

  /** The fleets that there are, with their trusted hops. */
  synchronized Map<String, Integer> fleets() {
    Map<String, Integer> fleets = new TreeMap<>();
    of(Kinds.FLEET.name())
        .forEach(write -> {
          String name = ((Ref) write.key()).name();
          if (write.row() instanceof Declared<?> declared
              && declared.spec() instanceof FleetSpec fleet) {
            fleets.put(name, fleet.trustedHops());
          } else {
            fleets.remove(name);
          }
        });
    return fleets;
  }

  /** How many fleets were taken away, ever. */
  synchronized long deletions() {
    return of(Kinds.FLEET.name()).filter(write -> write.row() == null).count();
  }

  private Stream<Write<?, ?>> of(String kind) {
    return writes.stream()
        .filter(write -> !write.table().equals(tables.problems()))
        .filter(write -> write.key() instanceof Ref ref && ref.kind().equals(kind));
  }

  /** The problems that stand, as text. */
  @SuppressWarnings("unchecked") // The rows of this table are lists of problems.
  synchronized String problems() {
    Map<Object, List<Problem>> problems = new java.util.LinkedHashMap<>();
    writes.stream()
        .filter(write -> write.table().equals(tables.problems()))
        .forEach(write -> {
          if (write.row() == null) {
            problems.remove(write.key());
          } else {
            problems.put(write.key(), (List<Problem>) write.row());
          }
        });
    return problems.values().stream()
        .flatMap(List::stream)
        .map(Problem::toString)
        .sorted()
        .collect(Collectors.joining("\n"));
  }
}
