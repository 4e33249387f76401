package io.chancery.source.kubernetes;

import io.chancery.model.Ref;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds what a watch did not tell. A list of names and versions is compared with what is known;
 * what differs is looked at again a while later, since the watch may only have been slower.
 */
final class Comparison {
  private Map<Ref, Difference> suspects = new HashMap<>();

  /** Empty: not there. */
  private record Difference(Optional<String> listed, Optional<String> known) {}

  /** Takes a list. */
  void take(Map<Ref, String> listed, Map<Ref, String> known) {
    suspects = new HashMap<>();
    listed.forEach((ref, version) -> {
      if (!version.equals(known.get(ref))) {
        suspect(ref, Optional.of(version), Optional.ofNullable(known.get(ref)));
      }
    });
    known.forEach((ref, version) -> {
      if (!listed.containsKey(ref)) {
        suspect(ref, Optional.empty(), Optional.of(version));
      }
    });
  }

  private void suspect(Ref ref, Optional<String> listed, Optional<String> known) {
    suspects.put(ref, new Difference(listed, known));
  }

  boolean hasSuspects() {
    return !suspects.isEmpty();
  }

  /** How many differ still, and were told nothing about since. */
  long unexplained(KindRows rows) {
    long count =
        suspects.entrySet().stream()
            .filter(entry -> Objects.equals(entry.getValue().known, rows.version(entry.getKey())))
            .count();
    suspects = new HashMap<>();
    return count;
  }
}
