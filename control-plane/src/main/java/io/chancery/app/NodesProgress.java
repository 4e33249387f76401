package io.chancery.app;

import io.chancery.snapshot.NodeState;
import io.chancery.snapshot.Nodes;
import io.chancery.status.FleetProgress;
import io.chancery.status.NodeProgress;
import io.chancery.status.Rejection;
import io.chancery.xds.ResourceKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What status needs to know of connected nodes. */
record NodesProgress(Nodes nodes) implements FleetProgress {

  @Override
  public List<NodeProgress> nodes(String fleet) {
    return nodes.of(fleet).stream().map(NodesProgress::progress).toList();
  }

  private static NodeProgress progress(NodeState node) {
    Map<ResourceKind, Long> acked = new HashMap<>();
    node.kinds().forEach((kind, state) -> acked.put(kind, state.acked()));
    List<Rejection> rejections =
        node.rejections().stream()
            .map(r -> new Rejection(r.kind(), r.name(), r.version(), r.detail()))
            .toList();
    return new NodeProgress(node.id(), acked, rejections);
  }
}
