package io.chancery.app;

import io.chancery.check.GatewayClasses;
import io.chancery.compile.Compiled;
import io.chancery.model.Ref;
import io.chancery.status.StatusBoard;
import io.chancery.status.kubernetes.Leadership;
import io.chancery.status.kubernetes.StatusWriter;
import io.chancery.xds.ResourceChange;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Has the statuses of a cluster written, by one of the replicas. */
final class ClusterStatus implements AutoCloseable {
  private final Leadership leadership;
  private final StatusWriter writer;

  ClusterStatus(Cluster cluster, StatusBoard board) {
    leadership = new Leadership(cluster.client(), cluster.settings().leaseNamespace(), identity());
    writer =
        new StatusWriter(
            cluster.client(),
            board,
            GatewayClasses.CONTROLLER,
            leadership::leads,
            Clock.systemUTC());
  }

  /** In a pod its name, elsewhere process and host; a second start is another candidate. */
  private static String identity() {
    String host = System.getenv("HOSTNAME");
    String name = host == null ? ManagementFactory.getRuntimeMXBean().getName() : host;
    return name + "-" + UUID.randomUUID();
  }

  /** Called on the compile thread, after each batch was published. */
  void changed(Compiled compiled) {
    Set<Ref> refs = new HashSet<>(compiled.statuses().keySet());
    compiled.changes().stream().map(ResourceChange::touched).forEach(refs::addAll);
    writer.touch(refs);
  }

  /** How many statuses were written. */
  long writes() {
    return writer.writes();
  }

  /** How many writes failed. */
  long failures() {
    return writer.failures();
  }

  @Override
  public void close() {
    leadership.close();
    writer.close();
  }
}
