package io.chancery.stream;

import io.chancery.xds.Resource;
import io.chancery.xds.Version;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A response that was sent and is neither acknowledged nor refused yet.
 *
 * @param items by name
 * @param sentAt {@link System#nanoTime}
 */
record Offer(String nonce, Map<String, Item> items, long sentAt) {

  /**
   * One name of a response.
   *
   * @param resource empty: told to be absent
   * @param before what the client held before
   * @param since the oldest revision that this item makes up for
   */
  record Item(Optional<Resource> resource, Optional<ClientView.Content> before, long since) {}

  /** What the client goes on with if it refuses: versions of those names that it has any of. */
  Map<String, Version> before() {
    Map<String, Version> before = new HashMap<>();
    items.forEach((name, item) -> item.before().ifPresent(had -> before.put(name, had.version())));
    return before;
  }

  /** The oldest revision that is on its way to the client. */
  long floor() {
    return items.values().stream()
        .filter(item -> item.resource().isPresent())
        .mapToLong(Item::since)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** The same, removals included. */
  long oldest() {
    return items.values().stream().mapToLong(Item::since).min().orElse(Long.MAX_VALUE);
  }
}
