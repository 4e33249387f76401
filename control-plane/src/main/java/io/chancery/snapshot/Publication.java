package io.chancery.snapshot;

import io.chancery.xds.ResourceKind;
import java.util.List;

/**
 * A fleet has a new snapshot.
 *
 * @param changed what is different from the snapshot before
 */
public record Publication(Snapshot snapshot, List<Name> changed) {

  /** Names a resource within a fleet. */
  public record Name(ResourceKind kind, String name) {}
}
