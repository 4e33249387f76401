package io.chancery.stream;

import io.chancery.xds.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one type of a stream lacks, compared with a snapshot. Filled once per round of sending. */
final class Wants {
  final Map<String, Resource> offers = new LinkedHashMap<>();
  final Set<String> absent = new LinkedHashSet<>();
  final Set<String> removals = new LinkedHashSet<>();

  /** The oldest revision that an offer makes up for. */
  long offersSince = Long.MAX_VALUE;

  /** The oldest revision that a removal makes up for. */
  long removalsSince = Long.MAX_VALUE;

  /** What the client has, and is to keep for another while; xds.md P16. */
  final List<Resource> heartbeats = new ArrayList<>();

  /** Nanoseconds until there is more to offer; xds.md N1, P16. */
  long pause = Long.MAX_VALUE;

  /** When this was filled; {@link System#nanoTime}. */
  final long time;

  Wants(long time) {
    this.time = time;
  }

  /** There is no such resource: the client has to be told, or to give it up. */
  void lacks(ClientView.Need need, String name, Span span) {
    if (need == ClientView.Need.ABSENT) {
      absent.add(name);
    } else {
      removals.add(name);
      removalsSince = Math.min(removalsSince, span.first());
    }
  }

  /** Whether an offer has to wait for what it may refer to. */
  boolean held;
}
