package io.chancery.snapshot;

import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One connected node.
 *
 * @param build of its Envoy, such as {@code 1.40.0}; empty if it did not say
 * @param locality region, zone and sub-zone, joined by slashes; empty if it did not say
 * @param kinds that it subscribes to
 * @param rejections what it refused and has not accepted since
 */
public record NodeState(
    String fleet,
    String id,
    String build,
    String locality,
    Instant connectedSince,
    Map<ResourceKind, KindState> kinds,
    List<Rejected> rejections) {

  /**
   * How far the node is with one kind.
   *
   * @param acked the node runs everything up to this revision
   * @param pending whether there is something that it has not accepted yet
   */
  public record KindState(long acked, boolean pending) {}

  /**
   * A resource that the node refused.
   *
   * @param detail Envoy's words, at most 4 KiB
   */
  public record Rejected(
      ResourceKind kind, String name, Version version, String detail, Instant at) {}
}
