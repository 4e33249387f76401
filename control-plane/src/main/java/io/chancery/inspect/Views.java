package io.chancery.inspect;

import io.chancery.admin.view.ConditionView;
import io.chancery.admin.view.NodeView;
import io.chancery.admin.view.ObjectView;
import io.chancery.admin.view.ProblemView;
import io.chancery.admin.view.ProgrammedView;
import io.chancery.model.Condition;
import io.chancery.model.ObjectStatus;
import io.chancery.model.Problem;
import io.chancery.snapshot.NodeState;
import io.chancery.status.ObjectReport;
import io.chancery.status.Programmed;
import io.chancery.xds.ResourceKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Our values in the words of the admin API. */
final class Views {
  private Views() {}

  static ObjectView of(ObjectReport report) {
    ObjectStatus status = report.status();
    return new ObjectView(
        status.ref().kind(),
        status.ref().namespace(),
        status.ref().name(),
        status.generation(),
        status.fleets().stream().sorted().toList(),
        conditions(status.conditions()),
        status.parents().stream().map(Views::of).toList(),
        status.listeners().stream().map(Views::of).toList(),
        report.programmed().map(Views::of),
        status.problems().stream().map(Views::of).toList());
  }

  /**
   * One node.
   *
   * @param newest revision of its fleet
   * @param duplicate whether another stream says that it is the same node
   */
  static NodeView of(NodeState node, long newest, boolean duplicate) {
    Map<String, NodeView.Progress> types = new LinkedHashMap<>();
    List<NodeView.Rejection> rejections = new ArrayList<>();
    new TreeMap<>(node.kinds())
        .forEach((kind, state) -> {
          boolean pending = state.acked() < newest;
          NodeState.Waiting waiting = state.waiting();
          types.put(
              kind.id(),
              new NodeView.Progress(
                  state.acked(),
                  pending,
                  waiting.held(),
                  waiting.pinned(),
                  waiting.indeterminate()));
          rejections.addAll(rejections(kind, state));
        });
    return new NodeView(
        node.fleet(),
        node.id(),
        node.build(),
        node.locality(),
        node.connectedAt().toString(),
        duplicate,
        types,
        rejections);
  }

  private static List<NodeView.Rejection> rejections(ResourceKind kind, NodeState.KindState state) {
    String detail = state.lastNack().map(NodeState.Nack::detail).orElse("");
    String at = state.lastNack().map(nack -> nack.at().toString()).orElse("");
    return new TreeMap<>(state.rejected())
        .entrySet().stream()
            .map(no ->
                new NodeView.Rejection(kind.id(), no.getKey(), no.getValue().hex(), detail, at))
            .toList();
  }

  private static ObjectView.ParentView of(ObjectStatus.Parent parent) {
    return new ObjectView.ParentView(
        parent.ref().kind(),
        parent.ref().namespace(),
        parent.ref().name(),
        parent.sectionName(),
        Optional.of(parent.port()).filter(port -> port != 0),
        conditions(parent.conditions()));
  }

  private static ObjectView.ListenerView of(ObjectStatus.Listener listener) {
    return new ObjectView.ListenerView(
        listener.name(),
        listener.attachedRoutes(),
        listener.supportedKinds(),
        conditions(listener.conditions()));
  }

  private static ProgrammedView of(Programmed programmed) {
    return new ProgrammedView(
        programmed.revision(), programmed.nodes(), programmed.acked(), programmed.rejected());
  }

  private static ProblemView of(Problem problem) {
    return new ProblemView(problem.path(), problem.reason().toString(), problem.message());
  }

  private static List<ConditionView> conditions(List<Condition> conditions) {
    return conditions.stream()
        .map(c -> new ConditionView(c.type(), c.status().toString(), c.reason(), c.message()))
        .toList();
  }
}
