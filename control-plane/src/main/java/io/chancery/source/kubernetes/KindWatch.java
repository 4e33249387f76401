package io.chancery.source.kubernetes;

import io.chancery.engine.Write;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.source.ObjectTables;
import io.chancery.source.decode.Tree;
import io.chancery.source.kubernetes.Api.Page;
import io.chancery.source.kubernetes.KindState.Phase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Follows one target: lists it in pages, then watches from there, for as long as the API server
 * remembers. Whatever goes wrong is tried again, and never deletes anything: only an object that
 * the API server says is gone is gone, and see {@link Departures} for many of them.
 */
final class KindWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(KindWatch.class);
  private static final int NOT_FOUND_RETRY_MILLIS = 5_000;
  private static final long MAX_BACKOFF_MILLIS = 10_000;
  private static final int PAGE = 500;

  /** After this the API server ends a watch; a connection that died silently is noticed by it. */
  private static final int WATCH_SECONDS = 240;

  private static final long GRACE_MILLIS = 15_000;

  private final Api api;
  private final Target target;
  private final Watching watching;
  private final ObjectTables tables;
  private final Timing timing;
  private final KindRows rows;
  private final Departures departures;
  private final Comparison comparison = new Comparison();
  private final Backoff backoff = new Backoff(MAX_BACKOFF_MILLIS);
  private final Definitions definitions;
  private String apiVersion;

  /** The version of the list or event that was read last: a watch goes on from there. */
  private String position = "";

  private long compareAt;
  private volatile Phase phase = Phase.PENDING;
  private String problem = "";
  private String trouble = "";
  private volatile int objects;
  private volatile int held;
  private final AtomicLong lists = new AtomicLong();
  private final AtomicLong watches = new AtomicLong();
  private final AtomicLong drifts = new AtomicLong();

  KindWatch(
      Api api,
      Target target,
      Watching watching,
      ObjectTables tables,
      int massDelete,
      Timing timing) {
    this.api = api;
    this.target = target;
    this.watching = watching;
    this.tables = tables;
    this.timing = timing;
    this.rows = new KindRows(target.kind(), tables);
    this.departures = new Departures(massDelete, timing.confirm());
    this.definitions = new Definitions(api, target);
    this.apiVersion = target.kind().versions().getFirst();
    this.compareAt = System.nanoTime() + nanos(Backoff.jittered(timing.compare()));
  }

  KindState state() {
    return new KindState(
        target.problemRef().name(), phase, objects, held, lists.get(), watches.get(), drifts.get());
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          list();
          follow();
        } catch (ApiException cause) {
          refused(cause);
        } catch (IOException cause) {
          trouble(cause);
          backoff.pause();
        } catch (RuntimeException cause) {
          LOG.error("{} could not be followed, a bug; reading all of it again", target, cause);
          backoff.pause();
        }
      }
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
    }
  }

  // ---- lists ----

  private void list() throws ApiException, IOException, InterruptedException {
    long begun = System.nanoTime();
    List<Node> items = new ArrayList<>();
    String version = pages(false, items);
    lists.incrementAndGet();
    List<Write<?, ?>> writes = new ArrayList<>();
    Set<Ref> listed = new HashSet<>();
    for (Node item : items) {
      listed.add(rows.ref(item));
      rows.put(item, writes);
    }
    Set<Ref> missing = rows.missing(listed);
    boolean due = departures.canConfirm(begun);
    if (due && definitions.stand()) {
      departures.confirmed();
      rows.leave(missing);
      rows.release(writes);
    } else {
      depart(missing, writes);
      if (due) {
        departures.hold(System.nanoTime()); // The definition is going: not before it has gone.
      }
    }
    hand(writes);
    position = version;
    phase(Phase.SYNCED, "");
    recovered();
  }

  /** Reads all pages; starts anew if the list grew too old meanwhile. */
  private String pages(boolean metadataOnly, List<Node> items)
      throws ApiException, IOException, InterruptedException {
    Map<String, String> query = query();
    if (metadataOnly) {
      query.put("resourceVersion", "0"); // From the cache of the API server: cheap for it.
    } else {
      query.put("limit", String.valueOf(PAGE));
    }
    Page page = api.list(target.path(apiVersion), query, metadataOnly);
    items.addAll(page.items());
    while (page.next().isPresent()) {
      query.put("continue", page.next().get());
      page = api.list(target.path(apiVersion), query, metadataOnly);
      items.addAll(page.items());
    }
    return page.version();
  }

  private Map<String, String> query() {
    Map<String, String> query = new LinkedHashMap<>();
    target.labelSelector().ifPresent(selector -> query.put("labelSelector", selector));
    target.name().ifPresent(name -> query.put("fieldSelector", "metadata.name=" + name));
    return query;
  }

  // ---- watches ----

  /** Watches until only a list helps. */
  private void follow() throws ApiException, IOException, InterruptedException {
    boolean needsList = false;
    while (!needsList) {
      long opened = System.nanoTime();
      try (WatchStream stream = api.watch(target.path(apiVersion), watchQuery())) {
        watches.incrementAndGet();
        needsList = read(stream);
      } catch (ApiException cause) {
        needsList = cause.isGone() || cause.isTooNew();
        if (!needsList && !cause.isTransient()) {
          throw cause;
        }
        trouble(cause);
      } catch (IOException cause) {
        trouble(cause);
      }
      if (System.nanoTime() - opened > nanos(1_000)) {
        recovered();
      } else if (!needsList) {
        backoff.pause();
      }
    }
  }

  private Map<String, String> watchQuery() {
    Map<String, String> query = query();
    query.put("watch", "true");
    query.put("allowWatchBookmarks", "true");
    query.put("resourceVersion", position);
    query.put("timeoutSeconds", String.valueOf(Backoff.jittered(WATCH_SECONDS)));
    return query;
  }

  /**
   * Reads events until the stream ends.
   *
   * @return whether a list is needed
   */
  private boolean read(WatchStream stream) throws ApiException, IOException, InterruptedException {
    long deadline = System.nanoTime() + nanos(WATCH_SECONDS * 1_250L + GRACE_MILLIS);
    while (System.nanoTime() < deadline) {
      switch (stream.next(millisUntilNext(deadline))) {
        case WatchStream.Read.Event(Node event) -> event(event);
        case WatchStream.Read.End _ -> {
          return false;
        }
        case WatchStream.Read.Silence _ -> {}
      }
      if (needsList()) {
        return true;
      }
    }
    return false;
  }

  private void event(Node event) throws ApiException, IOException {
    Node object = Tree.member(event, "object").orElse(event);
    List<Write<?, ?>> writes = new ArrayList<>();
    switch (Api.text(event, "type").orElse("")) {
      case "ADDED", "MODIFIED" -> rows.put(object, writes);
      case "DELETED" -> depart(Set.of(rows.ref(object)), writes);
      case "BOOKMARK" -> {}
      case "ERROR" ->
          throw new ApiException(
              Tree.member(object, "code").flatMap(Tree::number).orElse(500),
              Api.text(object, "message").orElse("the watch failed"));
      default -> throw new IOException("an event of a type that there is not");
    }
    String version = KindRows.version(object);
    position = version.isEmpty() ? position : version;
    hand(writes);
  }

  /** What is due while a watch is open: a list that confirms, or a comparison. */
  private boolean needsList() throws ApiException, IOException, InterruptedException {
    long now = System.nanoTime();
    if (departures.canConfirm(now)) {
      return true;
    }
    if (now - compareAt < 0) {
      return false;
    }
    if (comparison.hasSuspects()) {
      long found = comparison.unexplained(rows);
      drifts.addAndGet(found);
      compareAt = now + nanos(Backoff.jittered(timing.compare()));
      if (found > 0) {
        LOG.warn("{}: the watch had not told of {} objects; reading all again", target, found);
      }
      return found > 0;
    }
    compare();
    compareAt =
        now
            + nanos(
                comparison.hasSuspects() ? timing.explain() : Backoff.jittered(timing.compare()));
    return false;
  }

  private void compare() throws ApiException, IOException, InterruptedException {
    List<Node> items = new ArrayList<>();
    String _ = pages(true, items);
    Map<Ref, String> listed = new HashMap<>();
    items.forEach(item -> listed.put(rows.ref(item), KindRows.version(item)));
    comparison.take(listed, rows.versions());
  }

  private long millisUntilNext(long deadline) {
    long now = System.nanoTime();
    long next = Math.min(deadline - now, compareAt - now);
    next = Math.min(next, departures.untilConfirm(now));
    return TimeUnit.NANOSECONDS.toMillis(Math.max(0, next)) + 1;
  }

  // ---- what goes, and what cannot be read ----

  private void depart(Set<Ref> gone, List<Write<?, ?>> writes) {
    if (gone.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    int before = rows.size() - rows.leaving();
    rows.leave(gone);
    boolean allowed = departures.allow(gone.size(), before, now);
    if (allowed && definitions.stand()) {
      rows.release(writes);
      return;
    }
    if (!departures.isHeld()) {
      LOG.warn(
          "{}: {} of {} objects are gone at once; they stay until another list confirms it",
          target,
          rows.leaving(),
          rows.size());
    }
    departures.hold(now);
  }

  private void refused(ApiException cause) throws InterruptedException {
    if (cause.isNotFound()) {
      notFound();
      return;
    }
    if (cause.isRefused()) {
      phase(Phase.REFUSED, String.valueOf(cause.getMessage()));
    } else if (!cause.isGone()) { // The list grew too old while its pages were read.
      trouble(cause);
    }
    backoff.pause();
  }

  /** Another version of the kind may be there; else the kind is not, or not any more. */
  private void notFound() throws InterruptedException {
    List<String> versions = target.kind().versions();
    int next = versions.indexOf(apiVersion) + 1;
    if (next < versions.size()) {
      apiVersion = versions.get(next);
      return;
    }
    apiVersion = versions.getFirst();
    if (rows.size() > 0 || phase == Phase.LOST) {
      departures.lost(System.nanoTime());
      phase(Phase.LOST, "the kind is not installed any more");
    } else {
      phase(Phase.NOT_INSTALLED, "");
    }
    Thread.sleep(Backoff.jittered(NOT_FOUND_RETRY_MILLIS));
  }

  private void phase(Phase now, String message) {
    if (now == phase && message.equals(problem)) {
      return;
    }
    if (now != phase) {
      LOG.info("{}: {}{}", target, now, message.isEmpty() ? "" : ": " + message);
    }
    phase = now;
    problem = message;
    Ref on = target.problemRef();
    Problem row = new Problem(on, "", Reason.UNREADABLE, message + "; what was read before stays");
    List<Problem> problems = message.isEmpty() ? null : List.of(row);
    watching.changed(target, List.of(new Write<>(tables.problems(), on, problems)));
    watching.phase(target, now);
  }

  /** Says once what keeps going wrong. */
  private void trouble(Exception cause) {
    String message = String.valueOf(cause.getMessage());
    if (!message.equals(trouble)) {
      LOG.warn("{}: {}; what was read before stays", target, message);
    }
    trouble = message;
  }

  private void recovered() {
    if (!trouble.isEmpty()) {
      LOG.info("{} is read again", target);
    }
    trouble = "";
    backoff.reset();
  }

  private void hand(List<Write<?, ?>> writes) {
    objects = rows.size();
    held = rows.leaving();
    if (!writes.isEmpty()) {
      watching.changed(target, writes);
    }
  }

  private static long nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
