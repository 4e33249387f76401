package io.chancery.admin;

import io.chancery.admin.view.FleetView;
import io.chancery.admin.view.NodeView;
import io.chancery.admin.view.ObjectView;
import io.chancery.admin.view.ReadinessView;
import io.chancery.admin.view.ResourceView;
import io.chancery.admin.view.SnapshotView;
import java.util.List;
import java.util.Optional;

/**
 * All that the admin API asks of the control plane. It only reads. Any thread may call; no answer
 * holds a secret.
 */
public interface Inspection {

  /** The objects that match, in the order of kind, namespace and name. */
  List<ObjectView> objects(StatusQuery query);

  /** All connected nodes, by fleet and id. */
  List<NodeView> nodes();

  /** All fleets that have resources or nodes, by name. */
  List<FleetView> fleets();

  /** The snapshot of a fleet; empty if there is no such fleet. */
  Optional<SnapshotView> snapshot(String fleet);

  /**
   * The resources of a type, by name and without bodies; empty if there is no such fleet or type.
   */
  Optional<List<ResourceView>> resources(String fleet, String type);

  /** One resource with its body; empty if there is none. */
  Optional<ResourceView> resource(String fleet, String type, String name);

  /** Whether the control plane serves what there is. */
  ReadinessView readiness();

  /** The metrics in the text format of Prometheus. */
  String metrics();
}
