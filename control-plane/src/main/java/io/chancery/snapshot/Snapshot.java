package io.chancery.snapshot;

import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import java.util.Optional;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.MapPSet;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/**
 * All resources of a fleet at one revision. Immutable; the next one shares all that did not change.
 *
 * @param revision of the last publication that changed this fleet; 0: none ever did
 * @param kinds resources by name, for each kind that has any
 * @param expiring names of the resources that have a time to live, for each kind that has any
 */
public record Snapshot(
    String fleet,
    long revision,
    PMap<ResourceKind, TreePMap<String, Resource>> kinds,
    PMap<ResourceKind, MapPSet<String>> expiring) {

  /** What a fleet has before anything is published for it. */
  public static Snapshot empty(String fleet) {
    HashPMap<ResourceKind, TreePMap<String, Resource>> none = HashTreePMap.empty();
    HashPMap<ResourceKind, MapPSet<String>> never = HashTreePMap.empty();
    return new Snapshot(fleet, 0, none, never);
  }

  /** One resource. */
  public Optional<Resource> resource(ResourceKind kind, String name) {
    return Optional.ofNullable(resources(kind).get(name));
  }

  /** All resources of a kind by name, in the order of their names. */
  public TreePMap<String, Resource> resources(ResourceKind kind) {
    return kinds.getOrDefault(kind, TreePMap.empty());
  }

  /** The next snapshot, with one change. */
  Snapshot with(LogEntry change) {
    TreePMap<String, Resource> before = resources(change.kind());
    TreePMap<String, Resource> after =
        change
            .after()
            .map(resource -> before.plus(change.name(), resource))
            .orElseGet(() -> before.minus(change.name()));
    return new Snapshot(
        fleet,
        change.revision(),
        after.isEmpty() ? kinds.minus(change.kind()) : kinds.plus(change.kind(), after),
        expiring(change));
  }

  private PMap<ResourceKind, MapPSet<String>> expiring(LogEntry change) {
    MapPSet<String> before = expiring.getOrDefault(change.kind(), HashTreePSet.empty());
    boolean expires = change.after().flatMap(Resource::timeToLive).isPresent();
    if (before.contains(change.name()) == expires) {
      return expiring;
    }
    MapPSet<String> names = expires ? before.plus(change.name()) : before.minus(change.name());
    return names.isEmpty() ? expiring.minus(change.kind()) : expiring.plus(change.kind(), names);
  }
}
