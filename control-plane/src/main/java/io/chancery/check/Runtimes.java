package io.chancery.check;

import io.chancery.crd.FleetSpec;
import io.chancery.crd.Kinds;
import io.chancery.engine.Reads;
import io.chancery.engine.Table;
import io.chancery.model.Checked;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.source.Declared;
import io.chancery.source.ObjectTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The runtime keys of fleets. */
public final class Runtimes {
  /** Their safe values are in each bootstrap, above those of the fleet. */
  static final Set<String> FIXED =
      Set.of(
          "re2.max_program_size.error_level",
          "envoy.reloadable_features.grpc_timeout_returns_deadline_exceeded",
          "envoy.reloadable_features.oauth2_use_gcm_encryption");

  private static final int MAX_KEYS = 256;
  private static final int MAX_LENGTH = 253;

  private final Table<Ref, Declared<FleetSpec>> fleets;

  public Runtimes(ObjectTables objects) {
    fleets = objects.of(Kinds.FLEET);
  }

  /** The keys and values of a fleet, by key; none, if they are not all right. */
  public Map<String, String> of(String fleet, Reads reads) {
    Ref ref = new Ref(Kinds.FLEET.name(), "", fleet);
    return reads
        .find(fleets, ref)
        .map(declared ->
            switch (check(ref, declared.spec())) {
              case Checked.Ok<Map<String, String>>(var keys) -> keys;
              case Checked.Rejected<Map<String, String>> _ -> Map.<String, String>of();
            })
        .orElse(Map.of());
  }

  /** The keys and values that a fleet declares, by key. */
  public static Checked<Map<String, String>> check(Ref ref, FleetSpec spec) {
    Map<String, String> declared = spec.runtime();
    List<Problem> problems = new ArrayList<>();
    if (declared.size() > MAX_KEYS) {
      String message = declared.size() + " keys; at most " + MAX_KEYS + " are allowed";
      problems.add(new Problem(ref, "spec.runtime", Reason.INVALID, message));
    }
    new TreeMap<>(declared).forEach((key, value) -> check(ref, key, value, problems));
    return Checked.of(declared, problems);
  }

  private static void check(Ref ref, String key, String value, List<Problem> problems) {
    String path = "spec.runtime[" + key + "]";
    if (key.isBlank() || key.length() > MAX_LENGTH) {
      String message = "a key has 1 to " + MAX_LENGTH + " characters";
      problems.add(new Problem(ref, "spec.runtime", Reason.INVALID, message));
    } else if (FIXED.contains(key)) {
      String message = key + " is fixed by the bootstrap of each Envoy, and cannot be set";
      problems.add(new Problem(ref, path, Reason.INVALID, message));
    } else if (value == null || value.isBlank() || value.length() > MAX_LENGTH) {
      String message =
          "a value has 1 to " + MAX_LENGTH + " characters; expected text, as in \"50\"";
      problems.add(new Problem(ref, path, Reason.INVALID, message));
    }
  }
}
