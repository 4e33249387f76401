package io.chancery.adapter;

import io.chancery.snapshot.SnapshotStore;
import io.envoyproxy.controlplane.cache.ConfigWatcher;
import io.envoyproxy.controlplane.cache.DeltaResponse;
import io.envoyproxy.controlplane.cache.DeltaWatch;
import io.envoyproxy.controlplane.cache.DeltaXdsRequest;
import io.envoyproxy.controlplane.cache.Response;
import io.envoyproxy.controlplane.cache.Watch;
import io.envoyproxy.controlplane.cache.XdsRequest;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Chancery's snapshots for a {@code V3DiscoveryServer}. A node's {@code cluster} is its fleet, as
 * with Chancery's own server, and is believed. What that server does of the protocol by itself is
 * not made better here; the README of this module lists it.
 *
 * <p>Open watches are answered on the thread that publishes, unless the server is given an executor
 * of its own.
 */
public final class SnapshotWatcher implements ConfigWatcher, AutoCloseable {
  private final SnapshotStore store;
  private final Map<String, FleetView> views = new ConcurrentHashMap<>();
  private final Map<String, Set<OpenWatch>> open = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** Follows the store until {@link #close}. */
  public SnapshotWatcher(SnapshotStore store) {
    this.store = store;
    store.onPublish(this::published);
  }

  @Override
  public Watch createWatch(
      boolean ads,
      XdsRequest request,
      Set<String> knownResourceNames,
      Consumer<Response> responseConsumer,
      boolean hasClusterChanged,
      boolean allowDefaultEmptyEdsUpdate) {
    Watch watch = new Watch(ads, allowDefaultEmptyEdsUpdate, request, responseConsumer);
    String fleet = Objects.requireNonNull(request.v3Request()).getNode().getCluster();
    FleetView.kind(request.getTypeUrl())
        .ifPresent(kind -> {
          FleetView.Contents now = view(fleet).contents(kind);
          open(
              fleet,
              new OpenWatch.Complete(
                  watch, kind, Set.copyOf(knownResourceNames), hasClusterChanged, now));
        });
    return watch;
  }

  @Override
  public DeltaWatch createDeltaWatch(
      DeltaXdsRequest request,
      String requesterVersion,
      Map<String, String> resourceVersions,
      Set<String> pendingResources,
      boolean isWildcard,
      Consumer<DeltaResponse> responseConsumer,
      boolean hasClusterChanged) {
    DeltaWatch watch =
        new DeltaWatch(
            request,
            Map.copyOf(resourceVersions),
            Set.copyOf(pendingResources),
            requesterVersion,
            isWildcard,
            responseConsumer);
    String fleet = Objects.requireNonNull(request.v3Request()).getNode().getCluster();
    FleetView.kind(request.getTypeUrl())
        .ifPresent(kind ->
            open(fleet, new OpenWatch.Incremental(watch, kind, view(fleet).contents(kind))));
    return watch;
  }

  /** Answers now, or when there is something to say. */
  private void open(String fleet, OpenWatch asked) {
    Set<OpenWatch> ofFleet = open.computeIfAbsent(fleet, _ -> ConcurrentHashMap.newKeySet());
    ofFleet.add(asked);
    asked.onStop(() -> ofFleet.remove(asked));
    answer(fleet, asked); // After it was added: a publication in between is not missed.
  }

  private void published(String fleet) {
    if (!closed) {
      open.getOrDefault(fleet, Set.of()).forEach(asked -> answer(fleet, asked));
    }
  }

  private void answer(String fleet, OpenWatch asked) {
    if (!closed && asked.answer(view(fleet))) {
      open.getOrDefault(fleet, Set.of()).remove(asked);
    }
  }

  private FleetView view(String fleet) {
    return views.compute(fleet, (_, before) -> FleetView.of(store.snapshot(fleet), before));
  }

  /** How many requests wait for something to say. */
  public int openWatches() {
    return open.values().stream().mapToInt(Set::size).sum();
  }

  /** Answers nothing more; the streams are those of the server, and stay. */
  @Override
  public void close() {
    closed = true;
    open.values().forEach(Set::clear);
    views.clear();
  }
}
