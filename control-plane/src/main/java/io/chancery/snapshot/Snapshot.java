package io.chancery.snapshot;

import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import java.util.Map;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/**
 * All resources of a fleet at one revision; immutable. The next snapshot shares all of it that did
 * not change.
 *
 * @param revision of the newest publication that changed this fleet; 0 before the first
 */
public record Snapshot(
    String fleet, long revision, PMap<ResourceKind, TreePMap<String, Resource>> resources) {

  /** A fleet of which nothing is known. */
  static Snapshot empty(String fleet) {
    return new Snapshot(fleet, 0, HashTreePMap.empty());
  }

  /** The resources of a kind, by name. */
  public Map<String, Resource> of(ResourceKind kind) {
    return resources.getOrDefault(kind, TreePMap.empty());
  }

  /** One resource. */
  public Optional<Resource> find(ResourceKind kind, String name) {
    return Optional.ofNullable(of(kind).get(name));
  }

  Snapshot with(long newRevision, ResourceKind kind, String name, Optional<Resource> resource) {
    TreePMap<String, Resource> before = resources.getOrDefault(kind, TreePMap.empty());
    TreePMap<String, Resource> after =
        resource.map(r -> before.plus(name, r)).orElseGet(() -> before.minus(name));
    return new Snapshot(fleet, newRevision, resources.plus(kind, after));
  }
}
