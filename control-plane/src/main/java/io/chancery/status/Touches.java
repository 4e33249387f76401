package io.chancery.status;

import io.chancery.model.Ref;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * Which revisions changed what is made of which object; immutable.
 *
 * @param newest by object, the newest revision that touched it, for each fleet and kind
 * @param last by resource, the change that made what is there now
 */
record Touches(PMap<Ref, PMap<Place, Long>> newest, PMap<Key, ResourceChange> last) {
  static final Touches NONE = new Touches(HashTreePMap.empty(), HashTreePMap.empty());

  /** What is acknowledged together: the resources of one kind in one fleet. */
  record Place(String fleet, ResourceKind kind) {}

  private record Key(String fleet, ResourceKind kind, String name) {}

  /** With the changes of one revision. */
  Touches and(long revision, List<ResourceChange> changes, Set<Ref> known) {
    PMap<Ref, PMap<Place, Long>> touched = newest;
    PMap<Key, ResourceChange> made = last;
    for (ResourceChange change : changes) {
      Key key = new Key(change.fleet(), change.kind(), change.name());
      made = change.resource().isPresent() ? made.plus(key, change) : made.minus(key);
      for (Ref ref : change.touched()) {
        if (known.contains(ref)) {
          PMap<Place, Long> places = touched.getOrDefault(ref, HashTreePMap.empty());
          Place place = new Place(change.fleet(), change.kind());
          touched = touched.plus(ref, places.plus(place, revision));
        }
      }
    }
    return new Touches(touched, made);
  }

  /** Without an object that went. */
  Touches without(Ref ref) {
    return new Touches(newest.minus(ref), last);
  }

  /** The newest revision that touched the object, for each fleet and kind. */
  Map<Place, Long> of(Ref ref) {
    return newest.getOrDefault(ref, HashTreePMap.empty());
  }

  /** The fleets of which something was touched by the object. */
  Set<String> fleets(Ref ref) {
    return of(ref).keySet().stream().map(Place::fleet).collect(Collectors.toSet());
  }

  /**
   * True if the resource, in the version that there is now, was touched by the object last, or
   * holds it.
   */
  boolean concerns(String fleet, ResourceKind kind, String name, Version version, Ref ref) {
    ResourceChange change = last.get(new Key(fleet, kind, name));
    return change != null
        && change.resource().filter(resource -> resource.version().equals(version)).isPresent()
        && (change.touched().contains(ref) || change.resource().get().origins().contains(ref));
  }
}
