package io.chancery.snapshot;

/** Which node a stream says it is of. */
public record NodeKey(String fleet, String id) {

  /** That of a connected node. */
  public static NodeKey of(NodeState node) {
    return new NodeKey(node.fleet(), node.id());
  }
}
