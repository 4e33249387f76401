package io.chancery.status;

import io.chancery.xds.ResourceKind;
import java.util.List;
import java.util.Map;

/**
 * How far one connected node is.
 *
 * @param id of the node, unique in its fleet
 * @param acked up to which revision the node runs everything but what it refused, for each kind
 *     that it subscribes to; 0 before its first ACK
 * @param rejections what the node refused and has not accepted since
 */
public record NodeProgress(String id, Map<ResourceKind, Long> acked, List<Rejection> rejections) {

  public NodeProgress {
    acked = Map.copyOf(acked);
    rejections = List.copyOf(rejections);
  }
}
