package io.chancery.check;

import io.chancery.crd.FleetSpec;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.model.TableForm;
import java.util.List;

/** How fleets want their routes laid out. */
public final class TableForms {
  static final TableForm SINGLE = new TableForm.Single();

  /** As the field {@code shards} of a Fleet. */
  private static final int DEFAULT_SHARDS = 256;

  private TableForms() {}

  /** The form that a fleet has, also where {@link #problems} are found in what it declares. */
  static TableForm of(FleetSpec spec) {
    FleetSpec.RouteTables tables = spec.routeTables();
    if (tables == null) {
      return SINGLE;
    }
    FleetSpec.Scoped scoped = tables.scoped();
    return switch (tables.type()) {
      case Single -> SINGLE;
      case Scoped ->
          scoped == null
              ? new TableForm.Scoped(DEFAULT_SHARDS, false)
              : new TableForm.Scoped(scoped.shards(), scoped.onDemand());
    };
  }

  /** What contradicts itself in what a fleet declares. */
  public static List<Problem> problems(Ref ref, FleetSpec spec) {
    FleetSpec.RouteTables tables = spec.routeTables();
    if (tables == null
        || tables.type() != FleetSpec.Type.Single
        || tables.scoped() == null
        || !tables.scoped().onDemand()) {
      return List.of();
    }
    String message =
        "true needs spec.routeTables.type Scoped, not Single: an Envoy has a single table as a whole";
    return List.of(new Problem(ref, "spec.routeTables.scoped.onDemand", Reason.INVALID, message));
  }
}
