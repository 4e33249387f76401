package io.chancery.cli;

import io.chancery.admin.Inspection;
import io.chancery.admin.StatusQuery;
import io.chancery.admin.view.ConditionView;
import io.chancery.admin.view.FleetView;
import io.chancery.admin.view.NodeView;
import io.chancery.admin.view.ObjectView;
import io.chancery.admin.view.ProblemView;
import io.chancery.admin.view.ProgrammedView;
import io.chancery.admin.view.ReadinessView;
import io.chancery.admin.view.ResourceView;
import io.chancery.admin.view.SnapshotView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A control plane with one good and one bad route, and an Envoy that refused something. */
final class FakeInspection implements Inspection {
  static final String TABLE = "http/0.0.0.0:80";

  @Override
  public List<ObjectView> objects(StatusQuery query) {
    ConditionView accepted = new ConditionView("Accepted", "True", "Accepted", "");
    ConditionView programmed = new ConditionView("Programmed", "True", "Programmed", "");
    ConditionView pending = new ConditionView("Programmed", "False", "Pending", "1 of 2 nodes");
    ConditionView lost = new ConditionView("Accepted", "False", "NoMatchingParent", "no such");
    ProblemView problem =
        new ProblemView("spec.parentRefs[0]", "NoMatchingParent", "no such\u001b");
    return Stream.of(
            route("lost", List.of(lost), Optional.empty(), List.of(problem)),
            route(
                "orders",
                List.of(accepted, programmed),
                Optional.of(new ProgrammedView(7, 2, 2, 0)),
                List.of()),
            route(
                "users",
                List.of(accepted, pending),
                Optional.of(new ProgrammedView(8, 2, 1, 0)),
                List.of()))
        .filter(query::matches)
        .toList();
  }

  private static ObjectView route(
      String name,
      List<ConditionView> conditions,
      Optional<ProgrammedView> programmed,
      List<ProblemView> problems) {
    ObjectView.ParentView parent =
        new ObjectView.ParentView("Gateway", "shop", "edge", "", Optional.empty(), conditions);
    return new ObjectView(
        "HTTPRoute",
        "shop",
        name,
        1,
        List.of(),
        List.of(),
        List.of(parent),
        List.of(),
        programmed,
        problems);
  }

  @Override
  public List<NodeView> nodes() {
    NodeView.Rejection no =
        new NodeView.Rejection("routes", TABLE, "abc", "bad\nregex", "2026-01-01T00:00:00Z");
    Map<String, NodeView.Progress> types = Map.of("routes", new NodeView.Progress(7, true));
    return List.of(
        new NodeView(
            "default", "a", "1.40.0", "", "2026-01-01T00:00:00Z", false, types, List.of(no)));
  }

  @Override
  public List<FleetView> fleets() {
    return List.of(new FleetView("default", 8, 1, 1));
  }

  @Override
  public Optional<SnapshotView> snapshot(String fleet) {
    return Optional.of(new SnapshotView(fleet, 8, false, Map.of("routes", 1)))
        .filter(_ -> fleet.equals("default"));
  }

  @Override
  public Optional<List<ResourceView>> resources(String fleet, String type) {
    return Optional.of(List.of(table(Optional.empty()))).filter(_ -> type.equals("routes"));
  }

  @Override
  public Optional<ResourceView> resource(String fleet, String type, String name) {
    return Optional.of(table(Optional.of(Map.of("name", name)))).filter(_ -> name.equals(TABLE));
  }

  private static ResourceView table(Optional<Object> body) {
    return new ResourceView("routes", TABLE, "abc", 7, List.of(), body);
  }

  @Override
  public ReadinessView readiness() {
    return new ReadinessView(List.of());
  }

  @Override
  public String metrics() {
    return "";
  }
}
