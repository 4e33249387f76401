package io.chancery.crd;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of an object's metadata that Chancery reads.
 *
 * @param namespace empty for cluster-scoped kinds
 * @param generation of the specification; 1 where the source does not count them
 * @param creationTimestamp decides conflicts, oldest first; null where the source does not know it
 */
public record Meta(
    String namespace,
    String name,
    Map<String, String> labels,
    Map<String, String> annotations,
    long generation,
    @Nullable Instant creationTimestamp) {}
