package io.chancery.snapshot;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The nodes that are connected now. Streams write, each its own entry; any thread reads. */
public final class Nodes {
  private final Map<Long, NodeState> byStream = new ConcurrentHashMap<>();

  /** All nodes, by fleet and id; a node with two streams is there twice. */
  public List<NodeState> all() {
    return byStream.values().stream()
        .sorted(Comparator.comparing(NodeState::fleet).thenComparing(NodeState::id))
        .toList();
  }

  /** The nodes of a fleet. */
  public List<NodeState> of(String fleet) {
    return all().stream().filter(node -> node.fleet().equals(fleet)).toList();
  }

  /** What a stream says of its node. */
  public void put(long stream, NodeState state) {
    byStream.put(stream, state);
  }

  /** A stream ended. */
  public void remove(long stream) {
    byStream.remove(stream);
  }
}
