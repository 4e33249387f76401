package io.chancery.app;

import io.chancery.compile.Compilation;
import io.chancery.compile.Compiled;
import io.chancery.snapshot.NodeState;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.Quarantine;
import io.chancery.snapshot.SnapshotFiles;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything between sources and streams, running. Nothing is published before the source has
 * handed over all that it has, so a start never takes anything away from Envoys that kept their
 * configuration. Where an earlier process stored snapshots, they are served until then.
 */
public final class ControlPlane implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);

  private final Source source;
  private final SnapshotStore store = new SnapshotStore();
  private final Nodes nodes = new Nodes();
  private final Quarantine quarantine = new Quarantine();
  private final StatusBoard board = new StatusBoard(new NodesProgress(nodes, quarantine));
  private final BatchQueue queue = new BatchQueue();
  private final CountDownLatch published = new CountDownLatch(1);
  private final SnapshotFiles files;
  private final SnapshotKeeper keeper;
  private final CompileThread compile;
  private final XdsServer xds;
  private final ChangeListener listener;
  private final Compilation compilation;
  private final RouteVerdicts verdicts;
  private final UnaryOperator<ResourceChange> fault;

  /** Whether the snapshots are those of an earlier process, and the sources yet to be read. */
  private volatile boolean stale;

  /** Hears of each batch that was compiled and published; called on the compile thread. */
  @FunctionalInterface
  public interface ChangeListener {
    void changed(Compiled compiled, long revision);
  }

  /**
   * Starts to serve.
   *
   * @param source of all objects; of several joined, if there are several
   * @param files snapshots to serve until the source has been read, and to be kept
   * @throws java.io.UncheckedIOException if the xDS port cannot be had
   */
  public ControlPlane(
      Compilation compilation,
      Source source,
      XdsServer.Listen listen,
      XdsMetrics metrics,
      ChangeListener listener,
      SnapshotFiles files) {
    this(compilation, source, listen, metrics, listener, files, UnaryOperator.identity());
  }

  /**
   * Starts to serve what a fault makes of it; for tests of what follows from a bug in our rules.
   *
   * @param fault changes resources after they were compiled; on the compile thread
   */
  public ControlPlane(
      Compilation compilation,
      Source source,
      XdsServer.Listen listen,
      XdsMetrics metrics,
      ChangeListener listener,
      SnapshotFiles files,
      UnaryOperator<ResourceChange> fault) {
    this.compilation = compilation;
    this.fault = fault;
    this.source = source;
    this.files = files;
    this.listener = listener;
    verdicts =
        new RouteVerdicts(
            nodes, (table, verdict) -> queue.put(List.of(compilation.verdict(table, verdict))));
    store.onDelivery(verdicts::delivered);
    compile = new CompileThread(queue, compilation, this::publish);
    Feed feed = new Feed(store, nodes, quarantine, this::isReady, this::isWithheld);
    quarantine.restore(files.quarantine().read()); // Before any node can be offered anything.
    xds = new XdsServer(listen, feed, metrics);
    keeper = new SnapshotKeeper(files, store, quarantine, this::isRunByAll);
  }

  /** Starts the source, and with its first batch the compile thread. */
  public void start() {
    restore(files.read());
    AtomicBoolean compiles = new AtomicBoolean();
    source.start(batch -> {
      queue.put(batch);
      if (compiles.compareAndSet(false, true)) {
        compile.start();
      }
    });
  }

  private void restore(List<SnapshotFiles.Stored> stored) {
    List<ResourceChange> changes = new ArrayList<>();
    for (SnapshotFiles.Stored one : stored) {
      for (Resource resource : one.resources()) {
        changes.add(
            new ResourceChange(
                one.fleet(),
                resource.kind(),
                resource.name(),
                Optional.of(resource),
                resource.origins()));
      }
    }
    if (!changes.isEmpty()) {
      store.publish(changes);
      stale = true;
      LOG.warn(
          "serving the stored snapshots of {} until the sources have been read", store.fleets());
    }
  }

  private void publish(Compiled compiled) {
    board.compiled(compiled.statuses());
    boolean first = published.getCount() != 0;
    List<ResourceChange> made = compiled.changes().stream().map(fault).toList();
    List<ResourceChange> changes = first ? replacing(made) : made;
    List<ResourceChange> news = changes.stream().filter(this::isNews).toList();
    stale = false; // Before the streams hear of what is new: secrets may go from now on.
    long revision = verdicts.publish(news, compilation.batches(), () -> store.publish(news));
    board.published(revision, first ? changes : news);
    if (first) {
      published.countDown();
      keeper.start();
    }
    listener.changed(compiled, revision);
  }

  /** The first changes and the removal of all that an earlier process had, and this one has not. */
  private List<ResourceChange> replacing(List<ResourceChange> compiled) {
    Set<List<Object>> made = new HashSet<>();
    compiled.forEach(change -> made.add(List.of(change.fleet(), change.kind(), change.name())));
    List<ResourceChange> changes = new ArrayList<>(compiled);
    for (String fleet : store.fleets()) {
      store
          .snapshot(fleet)
          .kinds()
          .forEach((kind, resources) ->
              resources.keySet().stream()
                  .filter(name -> !made.contains(List.of(fleet, kind, name)))
                  .forEach(name ->
                      changes.add(
                          new ResourceChange(fleet, kind, name, Optional.empty(), Set.of()))));
    }
    return changes;
  }

  /** Whether all nodes of a fleet, and at least one, run everything and refuse nothing. */
  private boolean isRunByAll(String fleet) {
    List<NodeState> here = nodes.nodes(fleet);
    return !here.isEmpty()
        && here.stream()
            .allMatch(node ->
                isSettled(node)
                    && node.kinds().values().stream().allMatch(kind -> kind.rejected().isEmpty()));
  }

  /** Secrets are not stored: until they are read, nobody is told that there are none. */
  private boolean isWithheld(ResourceKind kind) {
    return stale && kind.sensitive();
  }

  /**
   * Whether what is served was stored by an earlier process, and the sources are yet to be read.
   */
  public boolean isStale() {
    return stale;
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

  /** Whether there is something to serve: the first compile has been published, or restored. */
  public boolean isReady() {
    return stale || published.getCount() == 0;
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
    keeper.close(); // Last: until then nodes may refuse something.
  }
}
