package io.chancery.stream;

import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.SnapshotStore;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * What the streams live on.
 *
 * @param ready whether the snapshots are complete; until then streams are refused with UNAVAILABLE
 */
public record Feed(SnapshotStore snapshots, Nodes nodes, BooleanSupplier ready) {
  public Feed {
    Objects.requireNonNull(snapshots, "snapshots");
    Objects.requireNonNull(nodes, "nodes");
    Objects.requireNonNull(ready, "ready");
  }
}
