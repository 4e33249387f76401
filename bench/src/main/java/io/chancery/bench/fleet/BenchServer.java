package io.chancery.bench.fleet;

import java.util.Locale;

/** A server that publishes a world. */
interface BenchServer extends Fleet.Publisher, AutoCloseable {

  /** The port on the loopback interface. */
  int port();

  @Override
  void close();

  /** The servers that are compared. */
  enum Kind {
    CHANCERY,
    /** java-control-plane as its documentation shows it. */
    JAVA_CONTROL_PLANE,
    /** java-control-plane with its cache of serialised messages, and without a thread pool. */
    JAVA_CONTROL_PLANE_TUNED;

    /** Starts one, with the first generation of the world. */
    BenchServer start(FleetWorld world) {
      return switch (this) {
        case CHANCERY -> new ChanceryServer(world);
        case JAVA_CONTROL_PLANE -> new JavaControlPlaneServer(world, false);
        case JAVA_CONTROL_PLANE_TUNED -> new JavaControlPlaneServer(world, true);
      };
    }

    /** For tables. */
    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
