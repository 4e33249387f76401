package io.chancery.compile;

import io.chancery.model.FleetName;
import io.chancery.policy.FilterId;
import java.util.Comparator;

/** An entry in the shared configuration of a filter on one chain. */
record EntryKey(FleetName chain, FilterId filter, String entry) implements Comparable<EntryKey> {
  private static final Comparator<EntryKey> ORDER =
      Comparator.comparing(EntryKey::chain)
          .thenComparing(EntryKey::filter)
          .thenComparing(EntryKey::entry);

  @Override
  public int compareTo(EntryKey other) {
    return ORDER.compare(this, other);
  }

  /** Name of the extension config that holds the entry. */
  FleetName extensionConfig() {
    return new FleetName(chain.fleet(), filter.on(chain.name()));
  }
}
