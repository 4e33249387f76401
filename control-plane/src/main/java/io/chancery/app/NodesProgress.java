package io.chancery.app;

import io.chancery.snapshot.NodeState;
import io.chancery.snapshot.Nodes;
import io.chancery.status.FleetProgress;
import io.chancery.status.NodeProgress;
import io.chancery.status.Rejection;
import io.chancery.xds.ResourceKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What status needs to know of connected nodes. */
record NodesProgress(Nodes nodes) implements FleetProgress {

  @Override
  public List<NodeProgress> nodes(String fleet) {
    return nodes.nodes(fleet).stream().map(NodesProgress::progress).toList();
  }

  private static NodeProgress progress(NodeState node) {
    Map<ResourceKind, Long> acked = new HashMap<>();
    List<Rejection> rejections = new ArrayList<>();
    node.kinds()
        .forEach((kind, state) -> {
          acked.put(kind, state.acked());
          String detail = state.lastNack().map(NodeState.Nack::detail).orElse("");
          state
              .rejected()
              .forEach(
                  (name, version) -> rejections.add(new Rejection(kind, name, version, detail)));
        });
    return new NodeProgress(node.id(), acked, rejections);
  }
}
