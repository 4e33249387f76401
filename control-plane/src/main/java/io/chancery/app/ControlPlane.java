package io.chancery.app;

import io.chancery.compile.Compilation;
import io.chancery.compile.Compiled;
import io.chancery.engine.Write;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.source.BatchQueue;
import io.chancery.source.Source;
import io.chancery.status.StatusBoard;
import io.chancery.stream.StreamMetrics;
import io.chancery.stream.XdsServer;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Everything between sources and streams, running. Nothing is published before every source has
 * handed over all that it has once, so a start never takes anything away from Envoys that kept
 * their configuration.
 */
public final class ControlPlane implements AutoCloseable {
  private final Compilation compilation;
  private final List<Source> sources;
  private final SnapshotStore store = new SnapshotStore();
  private final Nodes nodes = new Nodes();
  private final StatusBoard board = new StatusBoard(new NodesProgress(nodes));
  private final BatchQueue queue = new BatchQueue();
  private final Set<Source> synced = ConcurrentHashMap.newKeySet();
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
   * @throws IOException if the xDS port cannot be had
   */
  public ControlPlane(
      Compilation compilation,
      List<Source> sources,
      Settings.Endpoint endpoint,
      StreamMetrics metrics,
      ChangeListener listener)
      throws IOException {
    this.compilation = compilation;
    this.sources = List.copyOf(sources);
    this.listener = listener;
    compile = new CompileThread(queue, compilation, this::publish);
    XdsServer.Listen listen = new XdsServer.Listen(endpoint.host(), endpoint.port());
    xds = new XdsServer(listen, store, nodes, metrics, this::isReady);
  }

  /** Starts the sources, and the compile thread as soon as all of them have told what they have. */
  public void start() {
    if (sources.isEmpty()) {
      compile.start();
      queue.put(List.of());
    }
    sources.forEach(source -> source.start(batch -> accept(source, batch)));
  }

  private void accept(Source source, List<Write<?, ?>> batch) {
    queue.put(batch);
    synchronized (synced) {
      if (synced.add(source) && synced.size() == sources.size()) {
        compile.start();
      }
    }
  }

  private void publish(Compiled compiled) {
    board.compiled(compiled.statuses());
    long revision = store.publish(compiled.changes());
    board.published(revision, compiled.changes());
    published.countDown();
    listener.changed(compiled, revision);
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

  /** The tables that sources write to. */
  public Compilation compilation() {
    return compilation;
  }

  @Override
  public void close() {
    sources.forEach(Source::close);
    compile.close();
    xds.close();
  }
}
