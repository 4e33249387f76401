package io.chancery.it.xds;

import io.chancery.it.xds.ServerUnderTest.Deviation;
import java.util.List;

/** Where java-control-plane 1.0.49 does not conform. */
final class JavaControlPlaneDeviations {
  static final List<Deviation> ALL = List.of();

  private JavaControlPlaneDeviations() {}
}
