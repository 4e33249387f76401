package io.chancery.inspect;

import io.chancery.admin.Inspection;
import io.chancery.admin.StatusQuery;
import io.chancery.admin.view.FleetView;
import io.chancery.admin.view.NodeView;
import io.chancery.admin.view.ObjectView;
import io.chancery.admin.view.ReadinessView;
import io.chancery.admin.view.ResourceView;
import io.chancery.admin.view.SnapshotView;
import io.chancery.model.Ref;
import io.chancery.snapshot.NodeKey;
import io.chancery.snapshot.NodeState;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.Snapshot;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.status.StatusBoard;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Looks into the running control plane.
 *
 * @param waitingFor what the control plane needs before it serves all there is; empty if it does
 * @param stale whether the snapshots are those of an earlier process
 * @param metricsText the metrics in the text format of Prometheus
 */
public record LiveInspection(
    StatusBoard board,
    SnapshotStore store,
    Nodes connected,
    Supplier<List<String>> waitingFor,
    BooleanSupplier stale,
    Supplier<String> metricsText)
    implements Inspection {
  private static final ResourcePrinter PRINTER = new ResourcePrinter();

  @Override
  public List<ObjectView> objects(StatusQuery query) {
    return board.reports().stream().map(Views::of).filter(query::matches).toList();
  }

  @Override
  public List<NodeView> nodes() {
    Set<NodeKey> twice = connected.duplicates();
    return connected.nodes().stream()
        .sorted(Comparator.comparing(NodeState::fleet).thenComparing(NodeState::id))
        .map(node ->
            Views.of(
                node, store.snapshot(node.fleet()).revision(), twice.contains(NodeKey.of(node))))
        .toList();
  }

  @Override
  public List<FleetView> fleets() {
    List<NodeState> nodes = connected.nodes();
    Set<String> names = new TreeSet<>(store.fleets());
    nodes.forEach(node -> names.add(node.fleet()));
    return names.stream().map(name -> fleet(name, nodes)).toList();
  }

  private FleetView fleet(String name, List<NodeState> nodes) {
    Snapshot snapshot = store.snapshot(name);
    int resources = snapshot.kinds().values().stream().mapToInt(Map::size).sum();
    long here = nodes.stream().filter(node -> node.fleet().equals(name)).count();
    return new FleetView(name, snapshot.revision(), Math.toIntExact(here), resources);
  }

  @Override
  public Optional<SnapshotView> snapshot(String fleet) {
    return known(fleet)
        .map(snapshot -> {
          Map<String, Integer> sizes = new LinkedHashMap<>();
          ResourceKind.ALL.forEach(kind -> sizes.put(kind.id(), snapshot.resources(kind).size()));
          return new SnapshotView(fleet, snapshot.revision(), stale.getAsBoolean(), sizes);
        });
  }

  @Override
  public Optional<List<ResourceView>> resources(String fleet, String type) {
    return known(fleet)
        .flatMap(snapshot -> ResourceKind.ofId(type).map(snapshot::resources))
        .map(resources -> resources.values().stream().map(LiveInspection::summary).toList());
  }

  @Override
  public Optional<ResourceView> resource(String fleet, String type, String name) {
    return ResourceKind.ofId(type)
        .flatMap(kind -> store.snapshot(fleet).resource(kind, name))
        .map(LiveInspection::whole);
  }

  @Override
  public ReadinessView readiness() {
    return new ReadinessView(waitingFor.get());
  }

  @Override
  public String metrics() {
    return metricsText.get();
  }

  /** A fleet of which nothing was published, and which nobody joined, does not exist. */
  private Optional<Snapshot> known(String fleet) {
    return store.fleets().contains(fleet) || !connected.nodes(fleet).isEmpty()
        ? Optional.of(store.snapshot(fleet))
        : Optional.empty();
  }

  private static ResourceView summary(Resource resource) {
    return view(resource, List.of(), Optional.empty());
  }

  private static ResourceView whole(Resource resource) {
    List<String> origins = resource.origins().stream().sorted().map(Ref::toString).toList();
    return view(resource, origins, Optional.of(PRINTER.toTree(resource)));
  }

  private static ResourceView view(Resource resource, List<String> origins, Optional<Object> body) {
    return new ResourceView(
        resource.kind().id(),
        resource.name(),
        resource.version().hex(),
        resource.bytes().size(),
        origins,
        body);
  }
}
