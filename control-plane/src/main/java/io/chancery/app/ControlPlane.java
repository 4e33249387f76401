package io.chancery.app;

import io.chancery.compile.Compilation;
import io.chancery.compile.Compiled;
import io.chancery.snapshot.NodeState;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.source.BatchQueue;
import io.chancery.source.Source;
import io.chancery.status.StatusBoard;
import io.chancery.stream.Feed;
import io.chancery.stream.XdsMetrics;
import io.chancery.stream.XdsServer;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Everything between sources and streams, running. Nothing is published before the source has
 * handed over all that it has, so a start never takes anything away from Envoys that kept their
 * configuration.
 */
public final class ControlPlane implements AutoCloseable {
  private final Source source;
  private final SnapshotStore store = new SnapshotStore();
  private final Nodes nodes = new Nodes();
  private final StatusBoard board = new StatusBoard(new NodesProgress(nodes));
  private final BatchQueue queue = new BatchQueue();
  private final CountDownLatch published = new CountDownLatch(1);
  private final CompileThread compile;
  private final XdsServer xds;
  private final ChangeListener listener;

  /** Hears of each batch that was compiled and published; called on the compile thread. */
  @FunctionalInterface
  public interface ChangeListener {
    void changed(Compiled compiled, long revision);
  }

  /**
   * Starts to serve.
   *
   * @param source of all objects; of several joined, if there are several
   * @throws java.io.UncheckedIOException if the xDS port cannot be had
   */
  public ControlPlane(
      Compilation compilation,
      Source source,
      XdsServer.Listen listen,
      XdsMetrics metrics,
      ChangeListener listener) {
    this.source = source;
    this.listener = listener;
    compile = new CompileThread(queue, compilation, this::publish);
    xds = new XdsServer(listen, new Feed(store, nodes, this::isReady), metrics);
  }

  /** Starts the source, and with its first batch the compile thread. */
  public void start() {
    AtomicBoolean compiles = new AtomicBoolean();
    source.start(batch -> {
      queue.put(batch);
      if (compiles.compareAndSet(false, true)) {
        compile.start();
      }
    });
  }

  private void publish(Compiled compiled) {
    board.compiled(compiled.statuses());
    List<ResourceChange> changes = compiled.changes().stream().filter(this::isNews).toList();
    long revision = store.publish(changes);
    board.published(revision, changes);
    published.countDown();
    listener.changed(compiled, revision);
  }

  /** What a batch closed and opened again is as it was before: no node will have to accept it. */
  private boolean isNews(ResourceChange change) {
    Optional<Version> before =
        store
            .snapshot(change.fleet())
            .resource(change.kind(), change.name())
            .map(Resource::version);
    return !before.equals(change.resource().map(Resource::version));
  }

  /** Whether a node runs all that there is for it, or has refused it. */
  public boolean isSettled(NodeState node) {
    long newest = store.snapshot(node.fleet()).revision();
    return node.kind(ResourceKind.LISTENER).isPresent()
        && node.kinds().values().stream().allMatch(kind -> kind.acked() >= newest);
  }

  /** Whether the first compile has been published. */
  public boolean isReady() {
    return published.getCount() == 0;
  }

  /** Waits for the first publication; false if the time is up before. */
  public boolean awaitReady(long timeoutMillis) throws InterruptedException {
    return published.await(timeoutMillis, TimeUnit.MILLISECONDS);
  }

  /** The port for Envoys. */
  public int xdsPort() {
    return xds.port();
  }

  /** What each fleet should run. */
  public SnapshotStore store() {
    return store;
  }

  /** Who is connected. */
  public Nodes nodes() {
    return nodes;
  }

  /** What is known of each object. */
  public StatusBoard board() {
    return board;
  }

  @Override
  public void close() {
    source.close();
    compile.close();
    xds.close();
  }
}
