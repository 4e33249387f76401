package io.chancery.adapter;

import io.chancery.xds.ResourceKind;
import io.envoyproxy.controlplane.cache.AbstractWatch;
import io.envoyproxy.controlplane.cache.DeltaResponse;
import io.envoyproxy.controlplane.cache.DeltaWatch;
import io.envoyproxy.controlplane.cache.Response;
import io.envoyproxy.controlplane.cache.VersionedResource;
import io.envoyproxy.controlplane.cache.Watch;
import io.envoyproxy.controlplane.cache.WatchCancelledException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A request that is answered once, when there is something to say. From any thread. */
abstract sealed class OpenWatch {
  private boolean answered;

  /** Whether it is done with; answers it, if the view has what it asks for. */
  final synchronized boolean answer(FleetView view) {
    if (!answered && !watch().isCancelled()) {
      try {
        answered = respond(view);
      } catch (WatchCancelledException _) {
        answered = true; // The client has gone, or asks for something else.
      }
    }
    return answered || watch().isCancelled();
  }

  final void onStop(Runnable stop) {
    watch().setStop(stop);
  }

  abstract AbstractWatch<?, ?> watch();

  /** Whether there was something to say. */
  abstract boolean respond(FleetView view) throws WatchCancelledException;

  /** A request of the state-of-the-world form. */
  static final class Complete extends OpenWatch {
    private final Watch watch;
    private final ResourceKind kind;
    private final Set<String> known;
    private final boolean again;
    private final Optional<FleetView.Contents> refused;

    /**
     * @param known names that the client has
     * @param clusterChanged a cluster was sent since the last endpoints were: those are due again
     * @param now what there is; if the request refuses, it is not offered again
     */
    Complete(
        Watch watch,
        ResourceKind kind,
        Set<String> known,
        boolean clusterChanged,
        FleetView.Contents now) {
      this.watch = watch;
      this.kind = kind;
      this.known = known;
      this.again = clusterChanged && kind.equals(ResourceKind.ENDPOINTS);
      this.refused = watch.request().hasErrorDetail() ? Optional.of(now) : Optional.empty();
    }

    @Override
    AbstractWatch<?, ?> watch() {
      return watch;
    }

    @Override
    boolean respond(FleetView view) throws WatchCancelledException {
      FleetView.Contents contents = view.contents(kind);
      List<String> names = watch.request().getResourceNamesList();
      Map<String, VersionedResource<?>> chosen = contents.named(names);
      boolean silent = chosen.isEmpty() && !names.isEmpty() && !kind.complete();
      if (silent || refused.filter(contents::equals).isPresent()) {
        return false;
      }
      String version = FleetView.version(chosen);
      boolean news =
          again
              || !version.equals(watch.request().getVersionInfo())
              || names.stream().anyMatch(name -> chosen.containsKey(name) && !known.contains(name));
      if (news) {
        watch.respond(
            Response.create(
                watch.request(),
                chosen.values().stream().map(VersionedResource::resource).toList(),
                version));
      }
      return news;
    }
  }

  /** A request of the incremental form. */
  static final class Incremental extends OpenWatch {
    private final DeltaWatch watch;
    private final ResourceKind kind;
    private final Optional<FleetView.Contents> refused;

    /**
     * @param now what there is; if the request refuses, it is not offered again
     */
    Incremental(DeltaWatch watch, ResourceKind kind, FleetView.Contents now) {
      this.watch = watch;
      this.kind = kind;
      this.refused = watch.request().hasErrorDetail() ? Optional.of(now) : Optional.empty();
    }

    @Override
    AbstractWatch<?, ?> watch() {
      return watch;
    }

    @Override
    boolean respond(FleetView view) throws WatchCancelledException {
      FleetView.Contents contents = view.contents(kind);
      if (refused.filter(contents::equals).isPresent()) {
        return false;
      }
      Map<String, VersionedResource<?>> changed = new LinkedHashMap<>();
      contents
          .resources()
          .forEach((name, resource) -> {
            if (lacks(name, resource)) {
              changed.put(name, resource);
            }
          });
      List<String> removed = new ArrayList<>(watch.trackedResources().keySet());
      removed.removeAll(contents.resources().keySet());
      if (changed.isEmpty() && removed.isEmpty()) {
        return false;
      }
      watch.respond(
          DeltaResponse.create(watch.request(), changed, removed, Long.toString(view.revision())));
      return true;
    }

    private boolean lacks(String name, VersionedResource<?> resource) {
      String held = watch.trackedResources().get(name);
      return watch.pendingResources().contains(name)
          || (held == null ? watch.isWildcard() : !held.equals(resource.version()));
    }
  }
}
