package io.chancery.stream;

import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.Quarantine;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.xds.ResourceKind;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * What the streams live on.
 *
 * @param quarantine what must not be offered to whom
 * @param ready whether the snapshots are complete; until then streams are refused with UNAVAILABLE
 * @param withheld kinds of which it is not known yet what there is: nothing is said of them
 */
public record Feed(
    SnapshotStore snapshots,
    Nodes nodes,
    Quarantine quarantine,
    BooleanSupplier ready,
    Predicate<ResourceKind> withheld) {

  /** Of complete snapshots, of which nothing was refused before: nothing is withheld. */
  public Feed(SnapshotStore snapshots, Nodes nodes, BooleanSupplier ready) {
    this(snapshots, nodes, new Quarantine(), ready, _ -> false);
  }

  public Feed {
    Objects.requireNonNull(snapshots, "snapshots");
    Objects.requireNonNull(nodes, "nodes");
    Objects.requireNonNull(quarantine, "quarantine");
    Objects.requireNonNull(ready, "ready");
  }
}
