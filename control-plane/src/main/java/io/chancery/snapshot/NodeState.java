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
   * @param waiting what is not sent for a reason
   */
  public record KindState(
      long acked, Optional<Nack> lastNack, Map<String, Version> rejected, Waiting waiting) {
    public KindState {
      rejected = Map.copyOf(rejected);
    }

    /** Of a kind of which everything is sent. */
    public KindState(long acked, Optional<Nack> lastNack, Map<String, Version> rejected) {
      this(acked, lastNack, rejected, Waiting.NOTHING);
    }
  }

  /**
   * What a node is not sent of a kind, and why.
   *
   * @param held whether a change waits until what it refers to is acknowledged
   * @param pinned removals that are withheld, since a later kind refused what would no longer refer
   *     to them
   * @param indeterminate names of refused responses of which it is not known which is at fault
   */
  public record Waiting(boolean held, int pinned, int indeterminate) {
    /** Nothing waits. */
    public static final Waiting NOTHING = new Waiting(false, 0, 0);
  }

  /**
   * One refusal.
   *
   * @param detail Envoy's words, at most 4 KiB
   */
  public record Nack(String detail, Instant at) {}
}
