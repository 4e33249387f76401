package io.chancery.compile;

import io.chancery.model.FleetName;
import io.chancery.model.Hostname;
import java.util.Comparator;

/** A host in one table of routes. */
record VirtualHostKey(FleetName table, Hostname hostname) implements Comparable<VirtualHostKey> {
  private static final Comparator<VirtualHostKey> ORDER =
      Comparator.comparing(VirtualHostKey::table).thenComparing(VirtualHostKey::hostname);

  @Override
  public int compareTo(VirtualHostKey other) {
    return ORDER.compare(this, other);
  }
}
