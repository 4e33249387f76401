package io.chancery.compile;

import io.chancery.check.Attachments;
import io.chancery.check.Backends;
import io.chancery.check.Certificates;
import io.chancery.check.Gateways;
import io.chancery.check.Ports;
import io.chancery.check.RefResolver;
import io.chancery.check.Resolutions;
import io.chancery.check.Routes;
import io.chancery.check.Runtimes;
import io.chancery.crd.Kinds;
import io.chancery.engine.Index;
import io.chancery.engine.Outcome;
import io.chancery.engine.Pipeline;
import io.chancery.engine.Table;
import io.chancery.engine.Table.Derived;
import io.chancery.engine.Write;
import io.chancery.model.Attachment;
import io.chancery.model.Backend;
import io.chancery.model.Certificate;
import io.chancery.model.Checked;
import io.chancery.model.FleetName;
import io.chancery.model.Gateway;
import io.chancery.model.ListenerKey;
import io.chancery.model.ObjectStatus;
import io.chancery.model.Port;
import io.chancery.model.PortKey;
import io.chancery.model.Ref;
import io.chancery.model.ResolvedRoute;
import io.chancery.model.Route;
import io.chancery.policy.ChainEntry;
import io.chancery.source.ObjectTables;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * All tables in order, from what was declared to what Envoy runs. Start-up, a change, and {@code
 * compile} are the same call. One thread at a time.
 */
public final class Compilation {
  final ObjectTables objects = new ObjectTables();
  private final ObjectTables lastGood = new ObjectTables();

  // What each rule may use besides the rows that it reads.
  private final RefResolver resolver = new RefResolver(objects);
  private final Backends backends = new Backends(objects, resolver);
  private final Routes routeCheck = new Routes(objects, lastGood);
  private final Resolutions resolutions = new Resolutions(resolver, backends);
  private final Gateways gatewayCheck = new Gateways(objects);
  private final Runtimes runtimeCheck = new Runtimes(objects);

  // check: what we understood.
  final Derived<Ref, Gateway> gateways =
      Derived.perRow(
          "check.gateways",
          objects.of(Kinds.GATEWAY),
          (ref, reads) ->
              gatewayCheck.check(ref, reads.get(objects.of(Kinds.GATEWAY), ref), reads));
  final Index<PortKey, Ref, Gateway> gatewaysByPort = gateways.indexBy(Ports::of);
  final Derived<PortKey, Port> ports =
      Derived.perGroup(
          "check.ports",
          gatewaysByPort,
          (key, reads) -> Ports.compose(key, reads.group(gatewaysByPort, key).values()));
  private final Index<Ref, PortKey, Port> portsBySecret = ports.indexBy(Listening::secrets);
  final Derived<Ref, Checked<Certificate>> proven =
      Derived.perRow(
          "check.certificates",
          objects.of(Kinds.SECRET),
          (ref, reads) ->
              reads.group(portsBySecret, ref).isEmpty()
                  ? null
                  : Certificates.check(
                      ref,
                      reads.get(objects.of(Kinds.SECRET), ref),
                      reads.find(lastGood.of(Kinds.SECRET), ref)));
  final GatewayCertificates certificates = new GatewayCertificates(resolver, proven);
  final Derived<Ref, Route> routes =
      Derived.perRowOfAny(
          "check.routes",
          List.of(objects.of(Kinds.HTTP_ROUTE), objects.of(Kinds.ROUTE)),
          routeCheck::check);
  private final Attachments attachmentCheck = new Attachments(objects, gateways);
  final Derived<Ref, Attachment> attachments =
      Derived.perRow(
          "check.attachments",
          routes,
          (ref, reads) -> attachmentCheck.check(reads.get(routes, ref), reads));
  final Index<ListenerKey, Ref, Attachment> attachmentsByListener =
      attachments.indexBy(Compilation::listeners);
  final Derived<Ref, ResolvedRoute> resolvedRoutes =
      Derived.perRow(
          "check.resolvedRoutes",
          routes,
          (ref, reads) -> resolutions.resolve(reads.get(routes, ref), reads));

  // compile: what Envoy should run. First the routes, each by itself, and where they go.
  // What an Envoy refused is served as it was before; the rows of before stay to be tried again.
  final Derived<Ref, CompiledRoute> madeRoutes =
      Derived.perRow(
          "compile.madeRoutes",
          resolvedRoutes,
          (ref, reads) -> RouteCompiler.compile(reads.get(resolvedRoutes, ref)));
  final Derived<Ref, Placement> madePlacements =
      Derived.perRow(
          "compile.madePlacements",
          attachments,
          (ref, reads) -> Placement.of(reads.get(attachments, ref), ports, reads));
  final Table.Source<FleetName, TableVerdict> verdicts = new Table.Source<>("verdicts");
  final Table.Source<Ref, HeldRoute> heldRoutes = new Table.Source<>("heldRoutes");
  private final Derived<Ref, CompiledRoute> compiledRoutes =
      Derived.perRow(
          "compile.routes",
          madeRoutes,
          (ref, reads) ->
              reads
                  .find(heldRoutes, ref)
                  .map(HeldRoute::route)
                  .orElseGet(() -> reads.get(madeRoutes, ref)));
  final Derived<Ref, Placement> placements =
      Derived.perRow(
          "compile.placements",
          madePlacements,
          (ref, reads) ->
              reads
                  .find(heldRoutes, ref)
                  .map(HeldRoute::placement)
                  .orElseGet(() -> reads.get(madePlacements, ref)));
  private final Index<VirtualHostKey, Ref, Placement> placementsByHost =
      placements.indexBy(Placement::hosts);
  private final Derived<Ref, Uses> uses =
      Derived.perRow(
          "compile.uses",
          compiledRoutes,
          (ref, reads) -> Uses.of(reads.get(compiledRoutes, ref), reads.get(placements, ref)));

  // Then the tables of routes: a row for each host, and the composition of the rows.
  private final Index<FleetName, PortKey, Port> portsByTable = ports.indexBy(RouteTables::names);
  private final Derived<FleetName, RouteTable> routeTables =
      Derived.perGroup(
          "compile.routeTables",
          portsByTable,
          (name, reads) -> RouteTable.of(name, reads.group(portsByTable, name).values()));
  private final Index<VirtualHostKey, FleetName, RouteTable> tablesByHost =
      routeTables.indexBy(RouteTables::reservedHosts);
  final Derived<VirtualHostKey, VirtualHosts.Row> virtualHosts =
      Derived.perGroupOfAny(
          "compile.virtualHosts",
          List.of(placementsByHost, tablesByHost),
          (key, reads) ->
              RouteTables.virtualHost(key, placementsByHost, compiledRoutes, routeTables, reads));
  private final Index<FleetName, VirtualHostKey, VirtualHosts.Row> hostsByTable =
      virtualHosts.indexBy((key, _) -> Set.of(key.table()));
  private final Derived<FleetName, Resource> routeConfigurations =
      Derived.perRow(
          "compile.routeConfigurations",
          routeTables,
          (name, reads) ->
              RouteTables.configuration(
                  name,
                  reads.get(routeTables, name),
                  () -> reads.group(hostsByTable, name).values()));

  // The same rows, composed to many small tables where the fleet wants that.
  private final Index<FleetName, VirtualHostKey, VirtualHosts.Row> wildcardsByTable =
      virtualHosts.indexBy((key, _) -> Scopes.ofWildcard(key));
  private final Derived<FleetName, Zones> zones =
      Derived.perRow(
          "compile.zones",
          routeTables,
          (name, reads) -> Scopes.zones(name, routeTables, wildcardsByTable, reads));
  final Derived<VirtualHostKey, Scope> scopes =
      Derived.perRow(
          "compile.scopes",
          virtualHosts,
          (key, reads) -> Scopes.scope(key, routeTables, zones, reads));
  private final Index<FleetName, VirtualHostKey, Scope> hostsByShard =
      scopes.indexBy(scope -> Set.of(scope.shard()));
  private final Derived<FleetName, Resource> shards =
      Derived.perGroup(
          "compile.shards",
          hostsByShard,
          (name, reads) ->
              Scopes.shard(
                  name,
                  reads.group(hostsByShard, name).navigableKeySet(),
                  virtualHosts,
                  routeTables,
                  reads));
  private final Index<VirtualHostKey, VirtualHostKey, Scope> hostsByScope =
      scopes.indexBy(Scope::keys);
  private final Derived<VirtualHostKey, Resource> scopedRoutes =
      Derived.perGroup(
          "compile.scopedRoutes",
          hostsByScope,
          (key, reads) ->
              Scopes.scoped(
                  key,
                  reads.group(hostsByScope, key).firstEntry().getValue(),
                  reads.get(routeTables, key.table())));

  // Then what routes and listeners refer to.
  private final Index<FleetBackend, Ref, Uses> usesByBackend = uses.indexBy(Uses::backends);
  private final Derived<FleetBackend, Resource> clusters =
      Derived.perGroup(
          "compile.clusters",
          usesByBackend,
          (key, reads) ->
              switch (backends.find(reads, key.backend())) {
                case Checked.Ok<Backend>(var backend) -> ClusterCompiler.cluster(backend);
                case Checked.Rejected<Backend> _ -> null;
              });
  private final Derived<FleetBackend, Resource> endpoints =
      Derived.perGroup(
          "compile.endpoints",
          usesByBackend,
          (key, reads) ->
              backends.load(reads, key.backend()).flatMap(ClusterCompiler::endpoints).orElse(null));
  private final Index<FleetName, Ref, Uses> usesByResource =
      uses.indexBy(u -> u.resources().navigableKeySet());
  private final Derived<FleetName, Resource> policyClusters =
      Derived.perGroup(
          "compile.policyClusters",
          usesByResource,
          (name, reads) ->
              reads.group(usesByResource, name).firstEntry().getValue().resources().get(name));
  private final Index<EntryKey, Ref, Uses> usesByEntry =
      uses.indexBy(u -> u.entries().navigableKeySet());
  private final Derived<EntryKey, ChainEntry> entries =
      Derived.perGroup(
          "compile.entries",
          usesByEntry,
          (key, reads) -> reads.group(usesByEntry, key).firstEntry().getValue().entries().get(key));
  private final Index<FleetName, EntryKey, ChainEntry> entriesByConfig =
      entries.indexBy((key, _) -> Set.of(key.extensionConfig()));
  private final Index<FleetName, FleetName, RouteTable> tablesByConfig =
      routeTables.indexBy((name, _) -> ExtensionConfigs.names(name));
  private final Derived<FleetName, Resource> extensionConfigs =
      Derived.perGroup(
          "compile.extensionConfigs",
          tablesByConfig,
          (name, reads) ->
              ExtensionConfigs.compose(
                  name,
                  reads.group(tablesByConfig, name).firstEntry().getValue(),
                  reads.group(entriesByConfig, name)));
  private final Index<FleetName, PortKey, Port> portsByListener =
      ports.indexBy(Listening::listenerNames);
  private final Derived<FleetName, Resource> listeners =
      Derived.perGroup(
          "compile.listeners",
          portsByListener,
          (name, reads) ->
              Listening.listener(
                  reads.group(portsByListener, name).firstEntry().getValue(),
                  zones,
                  certificates,
                  reads));
  private final Index<FleetName, PortKey, Port> portsByCertificate =
      ports.indexBy(Listening::fleetSecrets);
  private final Derived<FleetName, Resource> secrets =
      Derived.perGroup(
          "compile.secrets",
          portsByCertificate,
          (name, reads) ->
              Listening.secret(
                  name,
                  reads.group(portsByCertificate, name).values(),
                  proven,
                  certificates,
                  reads));

  private final Index<FleetName, Ref, Gateway> gatewaysByRuntime =
      gateways.indexBy(RuntimeCompiler::layers);
  private final Derived<FleetName, Resource> runtimes =
      Derived.perGroup(
          "compile.runtimes",
          gatewaysByRuntime,
          (name, reads) -> RuntimeCompiler.layer(name, runtimeCheck.of(name.fleet(), reads)));

  // The second output of it all.
  private final Statuses statusRules = new Statuses(this);
  final Derived<Ref, ObjectStatus> statuses =
      Derived.perRowOfAny("status", objects.all(), statusRules::of);

  /** Tables whose rows are what Envoy gets, with the name of each row. */
  final List<Output<?>> outputs =
      List.of(
          new Output<>(ResourceKind.SECRET, secrets, name -> name),
          new Output<>(ResourceKind.RUNTIME, runtimes, name -> name),
          new Output<>(ResourceKind.CLUSTER, clusters, FleetBackend::cluster),
          new Output<>(ResourceKind.CLUSTER, policyClusters, name -> name),
          new Output<>(ResourceKind.ENDPOINTS, endpoints, FleetBackend::cluster),
          new Output<>(ResourceKind.EXTENSION_CONFIG, extensionConfigs, name -> name),
          new Output<>(ResourceKind.LISTENER, listeners, name -> name),
          new Output<>(ResourceKind.ROUTE_CONFIGURATION, routeConfigurations, name -> name),
          new Output<>(ResourceKind.ROUTE_CONFIGURATION, shards, name -> name),
          new Output<>(ResourceKind.SCOPED_ROUTES, scopedRoutes, Scope::name));

  private final Pipeline pipeline = new Pipeline(inOrder());
  private final LastGood memory = new LastGood(this, lastGood);
  private final HeldRoutes refusals = new HeldRoutes(this, heldRoutes);

  /** The tables that sources write to. */
  public ObjectTables objects() {
    return objects;
  }

  /**
   * Applies a batch and returns what it changed. Where the batch brings an object that cannot be
   * used and an earlier generation of it could, a second run puts that one in its place; nobody
   * sees the state between the two. The same where an Envoy refused a route.
   */
  public Compiled apply(List<? extends Write<?, ?>> batch) {
    Changes changes = new Changes(this);
    Outcome outcome = pipeline.apply(batch, changes::collect);
    List<Write<?, ?>> held = memory.follow(changes);
    if (!held.isEmpty()) {
      outcome = outcome.and(pipeline.apply(held, changes::collect));
    }
    List<Write<?, ?>> refused = refusals.follow(changes, pipeline.runs());
    if (!refused.isEmpty()) {
      outcome = outcome.and(pipeline.apply(refused, changes::collect));
    }
    return changes.compiled(outcome);
  }

  /** A number for what was applied last, greater than all before. */
  public long batches() {
    return pipeline.runs();
  }

  /** What a fleet said of a table of routes: to be applied as any write. */
  public Write<FleetName, TableVerdict> verdict(FleetName table, TableVerdict verdict) {
    return new Write<>(verdicts, table, verdict);
  }

  private static Set<ListenerKey> listeners(Attachment attachment) {
    Set<ListenerKey> keys = new TreeSet<>();
    attachment
        .places()
        .forEach(
            p -> p.bindings().forEach(b -> keys.add(new ListenerKey(b.gateway(), b.listener()))));
    return keys;
  }

  private List<Table<?, ?>> inOrder() {
    List<Table<?, ?>> order = new ArrayList<>(objects.all());
    order.addAll(lastGood.all());
    order.addAll(List.of(gateways, ports, proven, routes, attachments, resolvedRoutes));
    order.addAll(List.of(verdicts, heldRoutes, madeRoutes, madePlacements));
    order.addAll(List.of(compiledRoutes, placements, uses));
    order.addAll(List.of(routeTables, virtualHosts, routeConfigurations));
    order.addAll(List.of(zones, scopes, shards, scopedRoutes));
    order.addAll(
        List.of(
            clusters, endpoints, policyClusters, entries, extensionConfigs, listeners, secrets));
    order.add(runtimes);
    order.add(statuses);
    return order;
  }
}
