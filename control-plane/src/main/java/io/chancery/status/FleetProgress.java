package io.chancery.status;

import java.util.List;

/** How far the nodes of each fleet are. Any thread may ask. */
@FunctionalInterface
public interface FleetProgress {

  /** The nodes of a fleet that are connected now; empty if there are none, or no such fleet. */
  List<NodeProgress> nodes(String fleet);
}
