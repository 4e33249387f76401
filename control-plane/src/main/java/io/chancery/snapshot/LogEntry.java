package io.chancery.snapshot;

import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import java.util.Optional;

/**
 * One line of a fleet's change log.
 *
 * @param revision of the publication that made the change
 * @param before the resource until then; empty: it came
 * @param after the resource since then; empty: it went
 */
public record LogEntry(
    long revision,
    ResourceKind kind,
    String name,
    Optional<Resource> before,
    Optional<Resource> after) {}
