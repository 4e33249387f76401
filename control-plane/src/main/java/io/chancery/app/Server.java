package io.chancery.app;

import io.chancery.admin.AdminServer;
import io.chancery.compile.Compilation;
import io.chancery.inspect.LiveInspection;
import io.chancery.snapshot.SnapshotFiles;
import io.chancery.source.Source;
import io.chancery.stream.XdsServer;
import io.chancery.telemetry.Metrics;
import java.util.List;
import java.util.Optional;

/** The control plane with all that looks into it: what {@code run} and {@code serve} start. */
public final class Server implements AutoCloseable {
  private final Metrics metrics = new Metrics();
  private final ControlPlane plane;
  private final AdminServer admin;
  private final Optional<Cluster> cluster;
  private volatile Optional<ClusterStatus> statuses = Optional.empty();

  /**
   * Starts to serve.
   *
   * @param cluster the API server that is among the sources, if one is; its objects get statuses
   * @throws RuntimeException if a port cannot be had, or a host is not a loopback address; the
   *     message is for users
   */
  public Server(
      Settings settings,
      Compilation compilation,
      Source source,
      Optional<Cluster> cluster,
      ControlPlane.ChangeListener listener) {
    this.cluster = cluster;
    plane =
        new ControlPlane(
            compilation,
            source,
            new XdsServer.Listen(
                settings.xds().host(), settings.xds().port(), settings.xdsTlsDir()),
            metrics.streams(),
            (compiled, revision) -> {
              metrics.compiled(compiled);
              statuses.ifPresent(status -> status.changed(compiled));
              listener.changed(compiled, revision);
            },
            new SnapshotFiles(settings.dataDir().resolve("snapshots")));
    metrics.watch(plane.nodes(), plane.store());
    cluster.ifPresent(this::follow);
    try {
      LiveInspection inspection =
          new LiveInspection(
              plane.board(),
              plane.store(),
              plane.nodes(),
              this::waitingFor,
              plane::isStale,
              metrics::text);
      admin = new AdminServer(settings.admin().host(), settings.admin().port(), inspection).start();
    } catch (RuntimeException cause) {
      statuses.ifPresent(ClusterStatus::close);
      plane.close();
      metrics.close();
      throw cause;
    }
    plane.start();
  }

  /** What the control plane needs before it serves all there is; empty if it does. */
  public List<String> waitingFor() {
    if (plane.isReady()) {
      return List.of();
    }
    List<String> kinds = cluster.map(one -> one.source().waitingFor()).orElse(List.of());
    return List.of(
        kinds.isEmpty()
            ? "the sources have not all been read yet"
            : "Kubernetes: not read yet: " + String.join(", ", kinds));
  }

  private void follow(Cluster followed) {
    if (followed.settings().writesStatus()) {
      statuses = Optional.of(new ClusterStatus(followed, plane.board()));
    }
    metrics.watch(
        followed.source()::states,
        () -> statuses.map(ClusterStatus::writes).orElse(0L),
        () -> statuses.map(ClusterStatus::failures).orElse(0L));
  }

  /** The control plane. */
  public ControlPlane plane() {
    return plane;
  }

  /** The port of the admin API. */
  public int adminPort() {
    return admin.port();
  }

  @Override
  public void close() {
    admin.close();
    statuses.ifPresent(ClusterStatus::close);
    plane.close();
    metrics.close();
  }
}
