package io.chancery.snapshot;

import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;
import java.time.Instant;
import java.util.Map;

/**
 * What an Envoy answered to resources that it was offered: a fact, recorded by stream, read by
 * status and inspect.
 */
public sealed interface Delivery {

  String fleet();

  String node();

  ResourceKind kind();

  /**
   * The node runs everything of this kind up to this revision.
   *
   * @param revision of the fleet's snapshot
   */
  record Acked(String fleet, String node, ResourceKind kind, long revision) implements Delivery {}

  /**
   * The node refused a response.
   *
   * @param offered versions of the resources in that response, by name; at least one of them is at
   *     fault
   * @param running versions that the node goes on with, of those names that it has any of
   * @param detail Envoy's words, at most 4 KiB
   */
  record Nacked(
      String fleet,
      String node,
      ResourceKind kind,
      Map<String, Version> offered,
      Map<String, Version> running,
      String detail,
      Instant at)
      implements Delivery {}
}
