package io.chancery.snapshot;

import io.chancery.xds.ResourceKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * All connected nodes. Written by the streams, read by status and inspect, from any thread.
 *
 * <p>The key is the stream, since two streams may claim one node id; both count then.
 */
public final class Nodes {
  private final ConcurrentNavigableMap<Long, NodeState> byStream = new ConcurrentSkipListMap<>();

  /** The connected nodes, in the order in which they connected. */
  public List<NodeState> nodes() {
    return List.copyOf(byStream.values());
  }

  /** The connected nodes of one fleet. */
  public List<NodeState> nodes(String fleet) {
    return byStream.values().stream().filter(node -> node.fleet().equals(fleet)).toList();
  }

  /**
   * The nodes of which two streams ask for the same kind: somebody has copied a configuration, and
   * both are served.
   */
  public Set<NodeKey> duplicates() {
    Map<NodeKey, Set<ResourceKind>> asked = new HashMap<>();
    Set<NodeKey> twice = new HashSet<>();
    for (NodeState node : byStream.values()) {
      Set<ResourceKind> kinds = asked.computeIfAbsent(NodeKey.of(node), _ -> new HashSet<>());
      for (ResourceKind kind : node.kinds().keySet()) {
        if (!kinds.add(kind)) {
          twice.add(NodeKey.of(node));
        }
      }
    }
    return twice;
  }

  /**
   * Sets what is known of the node at the end of a stream.
   *
   * @param stream number of the stream, unique within this process
   */
  public void update(long stream, NodeState state) {
    byStream.put(stream, state);
  }

  /** Forgets the node of a stream that ended. */
  public void remove(long stream) {
    byStream.remove(stream);
  }
}
