package io.chancery.snapshot;

import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one connected node.
 *
 * @param id unique within the fleet, unless two nodes are configured alike
 * @param build the version that the Envoy names, such as {@code 1.40.0}; may be empty
 * @param locality region, zone and sub-zone, joined by slashes; may be empty
 * @param kinds the kinds that the node subscribes to
 */
public record NodeState(
    String fleet,
    String id,
    String build,
    String locality,
    Instant connectedAt,
    Map<ResourceKind, KindState> kinds) {

  public NodeState {
    kinds = Map.copyOf(kinds);
  }

  /** How far the node is with a kind; empty if it does not subscribe to it. */
  public Optional<KindState> kind(ResourceKind kind) {
    return Optional.ofNullable(kinds.get(kind));
  }

  /**
   * How far the node is with one kind.
   *
   * @param acked the node runs everything up to this revision but what is rejected; 0 before its
   *     first ACK
   * @param lastNack the last refusal on this stream
   * @param rejected the versions that the node refused and was not offered better ones since, by
   *     name
   */
  public record KindState(long acked, Optional<Nack> lastNack, Map<String, Version> rejected) {
    public KindState {
      rejected = Map.copyOf(rejected);
    }
  }

  /**
   * One refusal.
   *
   * @param detail Envoy's words, at most 4 KiB
   */
  public record Nack(String detail, Instant at) {}
}
