package io.chancery.bench.fleet;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Resources that change at once.
 *
 * @param changes each resource once
 */
record Mutation(List<Change> changes) {

  /** The generation that a resource goes to; {@link FleetWorld#ABSENT}: it is removed. */
  record Change(int number, int generation) {}

  /** As a line for a server in another process. */
  String line() {
    return changes.stream()
        .map(change -> change.number + ":" + change.generation)
        .collect(Collectors.joining(" "));
  }

  static Mutation parse(String line) {
    return new Mutation(Arrays.stream(line.split(" ", -1)).map(Mutation::change).toList());
  }

  private static Change change(String text) {
    String[] parts = text.split(":", 2);
    return new Change(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }
}
