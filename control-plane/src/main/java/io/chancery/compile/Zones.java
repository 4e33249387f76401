package io.chancery.compile;

import io.chancery.model.Hostname;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The wildcards of a table of the form Scoped, and with them which of its hosts share a scope. A
 * request for a host that nobody declared falls to the wildcard, and it finds its scope without a
 * list of those that are declared. So all hosts below a wildcard share one.
 *
 * @param zones most specific first
 */
record Zones(List<Zone> zones) {
  /**
   * The hosts below a wildcard, without those of a more specific one.
   *
   * @param shared whether they share a scope. If not, the wildcard has nothing to answer with, and
   *     keeps its hosts from a wider one that has
   */
  record Zone(Hostname wildcard, boolean shared) {}

  /**
   * The zones of a table.
   *
   * @param routed wildcards that have routes
   */
  static Zones of(RouteTable table, Collection<Hostname> routed) {
    NavigableSet<Hostname> wildcards = new TreeSet<>(routed);
    table.reserved().navigableKeySet().stream()
        .filter(host -> !host.isExact())
        .forEach(wildcards::add);
    List<Zone> widestFirst = new ArrayList<>();
    for (Hostname wildcard : wildcards.descendingSet()) {
      boolean shared =
          routed.contains(wildcard)
              || table.reserved().getOrDefault(wildcard, RouteTable.NOT_FOUND)
                  != RouteTable.NOT_FOUND;
      if (shared || widestFirst.stream().anyMatch(wider -> isWithin(wildcard, wider))) {
        widestFirst.add(new Zone(wildcard, shared));
      }
    }
    return new Zones(List.copyOf(widestFirst.reversed()));
  }

  private static boolean isWithin(Hostname wildcard, Zone wider) {
    return wider.shared() && wider.wildcard().covers(wildcard);
  }

  /** The host under which a host has its scope; empty for a wildcard that has none. */
  Optional<Hostname> scopeOf(Hostname host) {
    for (Zone zone : zones) {
      if (zone.wildcard().covers(host)) {
        return zone.shared() ? Optional.of(zone.wildcard()) : exact(host);
      }
    }
    return exact(host);
  }

  private static Optional<Hostname> exact(Hostname host) {
    return Optional.of(host).filter(Hostname::isExact);
  }
}
