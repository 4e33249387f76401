package io.chancery.admin;

import io.chancery.admin.view.ConditionView;
import io.chancery.admin.view.FleetView;
import io.chancery.admin.view.NodeView;
import io.chancery.admin.view.ObjectView;
import io.chancery.admin.view.ProblemView;
import io.chancery.admin.view.ReadinessView;
import io.chancery.admin.view.ResourceView;
import io.chancery.admin.view.SnapshotView;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small control plane that does not move. */
final class FixedInspection implements Inspection {
  static final String TABLE = "http/0.0.0.0:80";

  volatile List<String> waitingFor = List.of();

  @Override
  public List<ObjectView> objects(StatusQuery query) {
    ConditionView accepted = new ConditionView("Accepted", "True", "Accepted", "");
    ProblemView problem = new ProblemView("spec.rules[0]", "Invalid", "bad");
    return List.of(object("edge", accepted, List.of()), object("inner", accepted, List.of(problem)))
        .stream()
        .filter(query::matches)
        .toList();
  }

  private static ObjectView object(
      String name, ConditionView condition, List<ProblemView> problems) {
    return new ObjectView(
        "Gateway",
        "shop",
        name,
        1,
        List.of("default"),
        List.of(condition),
        List.of(),
        List.of(),
        Optional.empty(),
        problems);
  }

  @Override
  public List<NodeView> nodes() {
    throw new IllegalStateException("a bug with a secret");
  }

  @Override
  public List<FleetView> fleets() {
    return List.of(new FleetView("default", 3, 1, 1));
  }

  @Override
  public Optional<SnapshotView> snapshot(String fleet) {
    return Optional.of(new SnapshotView(fleet, 3, false, Map.of("routes", 1)))
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
    return new ReadinessView(waitingFor);
  }

  @Override
  public String metrics() {
    return "chancery_up 1\n";
  }
}
