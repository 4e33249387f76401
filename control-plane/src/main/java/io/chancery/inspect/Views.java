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

  static NodeView of(NodeState node) {
    Map<String, NodeView.Progress> types = new LinkedHashMap<>();
    new TreeMap<>(node.kinds())
        .forEach((kind, state) ->
            types.put(kind.id(), new NodeView.Progress(state.acked(), state.pending())));
    return new NodeView(
        node.fleet(),
        node.id(),
        node.build(),
        node.locality(),
        node.connectedSince().toString(),
        types,
        node.rejections().stream().map(Views::of).toList());
  }

  private static NodeView.Rejection of(NodeState.Rejected no) {
    return new NodeView.Rejection(
        no.kind().id(), no.name(), no.version().hex(), no.detail(), no.at().toString());
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
