package io.chancery.compile;

import io.chancery.model.FleetName;
import io.chancery.policy.ChainEntry;
import io.chancery.xds.Resource;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one route needs in the fleets and on the chains that serve it. Counted over all routes it
 * says which clusters, entries and further resources there must be.
 */
record Uses(
    NavigableSet<FleetBackend> backends,
    NavigableMap<EntryKey, ChainEntry> entries,
    NavigableMap<FleetName, Resource> resources) {

  static Uses of(CompiledRoute route, Placement placement) {
    NavigableSet<FleetBackend> backends = new TreeSet<>();
    NavigableMap<EntryKey, ChainEntry> entries = new TreeMap<>();
    NavigableMap<FleetName, Resource> resources = new TreeMap<>();
    for (String fleet : placement.fleets()) {
      route.backends().forEach(backend -> backends.add(new FleetBackend(fleet, backend)));
      route
          .resources()
          .forEach(resource -> resources.put(new FleetName(fleet, resource.name()), resource));
    }
    for (FleetName chain : placement.tables()) {
      route
          .entries()
          .forEach((filter, added) ->
              added.forEach((key, entry) -> entries.put(new EntryKey(chain, filter, key), entry)));
    }
    return new Uses(backends, entries, resources);
  }
}
