package io.chancery.check;

import io.chancery.crd.FleetSpec;
import io.chancery.model.TableForm;

/** How fleets want their routes laid out. */
public final class TableForms {
  static final TableForm SINGLE = new TableForm.Single();

  /** As the field {@code shards} of a Fleet. */
  private static final int DEFAULT_SHARDS = 256;

  private TableForms() {}

  /** The form that a fleet has. */
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
}
