package io.chancery.app;

import io.chancery.admin.AdminServer;
import io.chancery.compile.Compilation;
import io.chancery.inspect.LiveInspection;
import io.chancery.snapshot.SnapshotFiles;
import io.chancery.source.Source;
import io.chancery.stream.XdsServer;
import io.chancery.telemetry.Metrics;
import java.util.List;
import java.util.function.Supplier;

/** The control plane with all that looks into it: what {@code run} and {@code serve} start. */
public final class Server implements AutoCloseable {
  private final Metrics metrics = new Metrics();
  private final ControlPlane plane;
  private final AdminServer admin;
  private final Supplier<List<String>> unread;

  /**
   * Starts to serve.
   *
   * @param unread what of the source is still to be read, in words for people
   * @throws RuntimeException if a port cannot be had, or a host is not a loopback address; the
   *     message is for users
   */
  public Server(
      Settings settings,
      Compilation compilation,
      Source source,
      Supplier<List<String>> unread,
      ControlPlane.ChangeListener listener) {
    this.unread = unread;
    plane =
        new ControlPlane(
            compilation,
            source,
            new XdsServer.Listen(
                settings.xds().host(), settings.xds().port(), settings.xdsTlsDir()),
            metrics.streams(),
            (compiled, revision) -> {
              metrics.compiled(compiled);
              listener.changed(compiled, revision);
            },
            new SnapshotFiles(settings.dataDir().resolve("snapshots")));
    metrics.watch(plane.nodes(), plane.store());
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
      plane.close();
      metrics.close();
      throw cause;
    }
    plane.start();
  }

  private List<String> waitingFor() {
    if (plane.isReady()) {
      return List.of();
    }
    List<String> kinds = unread.get();
    return kinds.isEmpty() ? List.of("the sources have not all been read yet") : kinds;
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
    plane.close();
    metrics.close();
  }
}
