package io.chancery.stream;

import io.chancery.xds.Version;
import java.util.Map;
import java.util.Optional;

/**
 * A response that waits for its answer.
 *
 * @param content versions by name; empty for a removal
 * @param revision of the snapshot that it is from
 * @param additions whether it holds more than removals
 * @param sentNanos by the monotonic clock
 */
record Offer(
    String nonce,
    Map<String, Optional<Version>> content,
    long revision,
    boolean additions,
    long sentNanos) {}
