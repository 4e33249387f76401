package io.chancery.bench.fleet;

import io.chancery.xds.ResourceKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The first requests of nodes that all hold the same, written once. */
final class Known {
  private final Map<ResourceKind, byte[]> requests = new HashMap<>();

  private Known() {}

  static Known of(Fleet fleet, NodeState state) {
    Known known = new Known();
    for (ResourceKind kind : ResourceKind.ALL) {
      Map<String, String> held = FleetNode.versions(fleet, state, kind);
      Set<String> names = NodeState.asksForAll(kind) ? Set.of() : held.keySet();
      known.requests.put(kind, Requests.subscribe(kind, names, held));
    }
    return known;
  }

  byte[] request(ResourceKind kind) {
    return Objects.requireNonNull(requests.get(kind));
  }
}
