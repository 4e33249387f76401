package io.chancery.app;

import io.chancery.snapshot.NodeState;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.Quarantine;
import io.chancery.status.FleetProgress;
import io.chancery.status.NodeProgress;
import io.chancery.status.Rejection;
import io.chancery.xds.ResourceKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What status needs to know of connected nodes. */
record NodesProgress(Nodes nodes, Quarantine quarantine) implements FleetProgress {

  @Override
  public List<NodeProgress> nodes(String fleet) {
    return nodes.nodes(fleet).stream().map(this::progress).toList();
  }

  private NodeProgress progress(NodeState node) {
    Map<ResourceKind, Long> acked = new HashMap<>();
    List<Rejection> rejections = new ArrayList<>();
    node.kinds()
        .forEach((kind, state) -> {
          acked.put(kind, state.acked());
          String last = state.lastNack().map(NodeState.Nack::detail).orElse("");
          state
              .rejected()
              .forEach((name, version) -> {
                Quarantine.Content content = new Quarantine.Content(kind, name, version);
                String detail = said(node, content).orElse(last);
                rejections.add(new Rejection(kind, name, version, detail));
              });
        });
    return new NodeProgress(node.id(), acked, rejections);
  }

  /** What was said of this resource; the last refusal may be about another one. */
  private Optional<String> said(NodeState node, Quarantine.Content content) {
    return quarantine
        .refusal(new Quarantine.Node(node.fleet(), node.id(), node.build()), content)
        .map(Quarantine.Refusal::detail);
  }
}
