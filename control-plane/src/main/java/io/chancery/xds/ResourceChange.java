package io.chancery.xds;

import io.chancery.model.Ref;
import java.util.Optional;
import java.util.Set;

/**
 * A resource of a fleet came, changed or went. What compile hands to snapshot, and all that it
 * hands on.
 *
 * @param resource empty: the resource went
 * @param touched the objects whose part of the resource changed: few, even where the resource has
 *     thousands of origins
 */
public record ResourceChange(
    String fleet, ResourceKind kind, String name, Optional<Resource> resource, Set<Ref> touched) {}
