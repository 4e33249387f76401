package io.chancery.stream;

import io.chancery.snapshot.Snapshot;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps resources that have a time to live alive at a client, for as long as they are to be; xds.md
 * P16. They are told of twice in that time.
 */
final class Heartbeats {
  private final ResourceKind kind;
  private final ClientView view;
  private final boolean wanted;

  /** When the client last heard of a name; {@link System#nanoTime}. */
  private Map<String, Long> heard = Collections.emptyMap();

  /**
   * @param wanted whether the client understands them
   */
  Heartbeats(ResourceKind kind, ClientView view, boolean wanted) {
    this.kind = kind;
    this.view = view;
    this.wanted = wanted;
  }

  /** The client is told of a name now. */
  void told(String name, Resource resource, long now) {
    if (wanted && resource.timeToLive().isPresent()) {
      heard(name, now);
    }
  }

  /** Most streams never hear of any: they have no map. */
  private void heard(String name, long now) {
    heard = heard.isEmpty() ? new HashMap<>() : heard;
    heard.put(name, now);
  }

  /** Finds what is due, and when the next will be. */
  void collect(Snapshot now, Wants wants) {
    if (!wanted) {
      return;
    }
    var names = now.expiring().get(kind);
    if (names == null) {
      heard.clear();
      return;
    }
    heard.keySet().removeIf(name -> !names.contains(name));
    for (String name : names) {
      now.resource(kind, name)
          .filter(resource -> holds(name, resource))
          .ifPresent(resource -> collect(name, resource, wants));
    }
  }

  /** A client that does not have it, or has something older, gets it whole. */
  private boolean holds(String name, Resource resource) {
    return view.held(name).filter(it -> it.version().equals(resource.version())).isPresent();
  }

  private void collect(String name, Resource resource, Wants wants) {
    long half = resource.timeToLive().orElseThrow().toNanos() / 2;
    Long last = heard.get(name);
    long left = last == null ? 0 : last + half - wants.time;
    if (left > 0) {
      wants.pause = Math.min(wants.pause, left);
    } else {
      wants.heartbeats.add(resource);
    }
  }

  /** The client is told of all these now. */
  List<Resource> beat(Wants wants) {
    wants.heartbeats.forEach(resource -> heard(resource.name(), wants.time));
    return new ArrayList<>(wants.heartbeats);
  }
}
