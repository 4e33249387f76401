package io.chancery.compile;

import io.chancery.model.BackendKey;
import io.chancery.model.FleetName;
import java.util.Comparator;

/** A port of a backend that a fleet sends requests to. */
record FleetBackend(String fleet, BackendKey backend) implements Comparable<FleetBackend> {
  private static final Comparator<FleetBackend> ORDER =
      Comparator.comparing(FleetBackend::fleet).thenComparing(FleetBackend::backend);

  @Override
  public int compareTo(FleetBackend other) {
    return ORDER.compare(this, other);
  }

  FleetName cluster() {
    return new FleetName(fleet, backend.clusterName());
  }
}
