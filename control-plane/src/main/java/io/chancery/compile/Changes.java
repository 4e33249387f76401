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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Collects which rows a batch changed, before the tables forget it, and at the end what is in them.
 */
final class Changes {
  /** Kinds whose resources are made of hosts. */
  private static final Set<ResourceKind> OF_HOSTS =
      Set.of(ResourceKind.ROUTE_CONFIGURATION, ResourceKind.SCOPED_ROUTES);

  private final Compilation tables;
  private final Map<Output<?>, Set<Object>> outputs = new LinkedHashMap<>();
  private final Set<VirtualHostKey> hosts = new HashSet<>();
  private final Set<Ref> routes = new HashSet<>();
  private final Set<Ref> certificates = new HashSet<>();
  private final Set<Ref> madeRoutes = new HashSet<>();
  private final Set<FleetName> verdicts = new HashSet<>();
  private final Set<Ref> statuses = new HashSet<>();

  Changes(Compilation tables) {
    this.tables = tables;
  }

  /** May run more than once: a batch can take two runs. */
  void collect() {
    tables.outputs.forEach(output ->
        outputs.computeIfAbsent(output, _ -> new HashSet<>()).addAll(output.table().changed()));
    hosts.addAll(tables.virtualHosts.changed());
    routes.addAll(tables.routes.changed());
    certificates.addAll(tables.proven.changed());
    madeRoutes.addAll(tables.madeRoutes.changed());
    madeRoutes.addAll(tables.madePlacements.changed());
    verdicts.addAll(tables.verdicts.changed());
    statuses.addAll(tables.statuses.changed());
  }

  /** Routes whose row changed. */
  Set<Ref> routes() {
    return routes;
  }

  /** Secrets whose certificate changed. */
  Set<Ref> certificates() {
    return certificates;
  }

  /** Routes that were compiled, or placed, to something else. */
  Set<Ref> madeRoutes() {
    return madeRoutes;
  }

  /** Tables of which a fleet said something. */
  Set<FleetName> verdicts() {
    return verdicts;
  }

  Compiled compiled(Outcome outcome) {
    Map<FleetName, Set<Ref>> touchedHosts = touchedHosts();
    List<ResourceChange> resources = new ArrayList<>();
    outputs.forEach((output, keys) -> resources(output, keys, touchedHosts, resources));
    Map<Ref, ObjectStatus> rows = tables.statuses.rows();
    Map<Ref, Optional<ObjectStatus>> changed = new HashMap<>();
    statuses.forEach(ref -> changed.put(ref, Optional.ofNullable(rows.get(ref))));
    return new Compiled(List.copyOf(resources), Map.copyOf(changed), outcome);
  }

  /**
   * Of a table of routes, those that are in hosts that changed: the table as a whole has thousands.
   */
  private Map<FleetName, Set<Ref>> touchedHosts() {
    Map<FleetName, Set<Ref>> touched = new HashMap<>();
    for (VirtualHostKey key : hosts) {
      VirtualHosts.Row row = tables.virtualHosts.rows().get(key);
      if (row != null) {
        holders(key)
            .forEach(
                name -> touched.computeIfAbsent(name, _ -> new HashSet<>()).addAll(row.origins()));
      }
    }
    return touched;
  }

  /** Names of what Envoy needs for a host. */
  private List<FleetName> holders(VirtualHostKey key) {
    Scope scope = tables.scopes.rows().get(key);
    return scope == null ? List.of(key.table()) : List.of(scope.shard(), scope.name());
  }

  @SuppressWarnings("unchecked") // The keys came from the table of this output.
  private static <K extends Comparable<K>> void resources(
      Output<K> output,
      Set<Object> keys,
      Map<FleetName, Set<Ref>> touchedHosts,
      List<ResourceChange> into) {
    for (Object key : keys) {
      FleetName name = output.nameOf().apply((K) key);
      Optional<Resource> resource = Optional.ofNullable(output.table().rows().get(key));
      Set<Ref> touched =
          OF_HOSTS.contains(output.kind())
              ? touchedHosts.getOrDefault(name, Set.of())
              : resource.map(Resource::origins).orElse(Set.of());
      into.add(new ResourceChange(name.fleet(), output.kind(), name.name(), resource, touched));
    }
  }
}
