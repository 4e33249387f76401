package io.chancery.compile;

import io.chancery.engine.Outcome;
import io.chancery.model.FleetName;
import io.chancery.model.ObjectStatus;
import io.chancery.model.Ref;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects what one batch changed, before the tables forget it. */
final class Changes {
  private final Compilation tables;
  private final List<ResourceChange> resources = new ArrayList<>();
  private final Map<Ref, Optional<ObjectStatus>> statuses = new HashMap<>();

  Changes(Compilation tables) {
    this.tables = tables;
  }

  void collect() {
    Map<FleetName, Set<Ref>> touchedHosts = touchedHosts();
    tables.outputs.forEach(output -> collect(output, touchedHosts));
    Map<Ref, ObjectStatus> rows = tables.statuses.rows();
    tables.statuses.changed().forEach(ref -> statuses.put(ref, Optional.ofNullable(rows.get(ref))));
  }

  Compiled compiled(Outcome outcome) {
    return new Compiled(List.copyOf(resources), Map.copyOf(statuses), outcome);
  }

  /**
   * Of a table of routes, those that are in hosts that changed: the table as a whole has thousands.
   */
  private Map<FleetName, Set<Ref>> touchedHosts() {
    Map<FleetName, Set<Ref>> touched = new HashMap<>();
    for (VirtualHostKey key : tables.virtualHosts.changed()) {
      VirtualHosts.Row row = tables.virtualHosts.rows().get(key);
      if (row != null) {
        touched.computeIfAbsent(key.table(), _ -> new HashSet<>()).addAll(row.origins());
      }
    }
    return touched;
  }

  private <K extends Comparable<K>> void collect(
      Output<K> output, Map<FleetName, Set<Ref>> touchedHosts) {
    for (K key : output.table().changed()) {
      FleetName name = output.nameOf().apply(key);
      Optional<Resource> resource = Optional.ofNullable(output.table().rows().get(key));
      Set<Ref> touched =
          output.kind().equals(ResourceKind.ROUTE_CONFIGURATION)
              ? touchedHosts.getOrDefault(name, Set.of())
              : resource.map(Resource::origins).orElse(Set.of());
      resources.add(
          new ResourceChange(name.fleet(), output.kind(), name.name(), resource, touched));
    }
  }
}
