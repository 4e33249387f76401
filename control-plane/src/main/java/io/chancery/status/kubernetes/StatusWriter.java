package io.chancery.status.kubernetes;

import io.chancery.crd.Kinds;
import io.chancery.crd.ObjectKind;
import io.chancery.model.Condition;
import io.chancery.model.Ref;
import io.chancery.status.ObjectReport;
import io.chancery.status.StatusBoard;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the status of objects in a Kubernetes API server: only while this replica leads, only when
 * it changed, an object at most once a second, and never as the cause of a compile, since a status
 * is no part of what sources read.
 *
 * <p>What changed is told by {@link #touch}; that nodes come and go, or acknowledge, is found by
 * looking: soon at objects that wait for nodes, now and then at all. That an object waits for nodes
 * is written only when it lasts: a node that joins, or a change that arrives within moments, turns
 * nothing over.
 */
public final class StatusWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
  private static final long TICK_MILLIS = 200;
  private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A new generation that is not acknowledged by then is said to be pending. */
  private static final long PENDING_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** A generation that was in force, and is not for a moment, as while a node joins. */
  private static final long TURNED_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final Set<String> WRITTEN =
      Set.of(Kinds.GATEWAY_CLASS.name(), Kinds.GATEWAY.name(), Kinds.HTTP_ROUTE.name());

  private final ObjectAccess access;
  private final StatusBoard board;
  private final String controller;
  private final BooleanSupplier leads;
  private final Clock clock;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private Set<Ref> touched = new LinkedHashSet<>();
  private final Map<Ref, Written> written = new HashMap<>();
  private final Map<Ref, Long> pendingSince = new HashMap<>();
  private final AtomicLong writes = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private boolean led;
  private long sweptAt;

  /** What was written of an object last, or found to be there. */
  private record Written(Map<String, Object> document, long generation, long at) {}

  /**
   * Writes from now on.
   *
   * @param controller the name of this controller in {@code status.parents}
   * @param leads whether this replica may write
   */
  public StatusWriter(
      KubernetesClient client,
      StatusBoard board,
      String controller,
      BooleanSupplier leads,
      Clock clock) {
    this.access = new ObjectAccess(client);
    this.board = board;
    this.controller = controller;
    this.leads = leads;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("status").start(this::run);
  }

  /** Notes that something is to be said of objects. May be called by any thread. */
  public void touch(Collection<Ref> refs) {
    lock.lock();
    try {
      touched.addAll(refs);
    } finally {
      lock.unlock();
    }
  }

  /** How many statuses were written. */
  public long writes() {
    return writes.get();
  }

  /** How many writes failed; each is tried again. */
  public long failures() {
    return failures.get();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(TICK_MILLIS);
        try {
          tick();
        } catch (RuntimeException cause) {
          LOG.error("statuses could not be looked at; trying again", cause);
        }
      }
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
    }
  }

  private void tick() {
    if (!leads.getAsBoolean()) {
      led = false;
      return;
    }
    if (!led) {
      written.clear(); // Another replica wrote meanwhile.
      led = true;
      sweptAt = System.nanoTime() - SWEEP_NANOS;
    }
    if (System.nanoTime() - sweptAt >= SWEEP_NANOS) {
      sweptAt = System.nanoTime();
      Set<Ref> there = new LinkedHashSet<>();
      for (ObjectReport report : board.reports()) {
        there.add(report.status().ref());
        look(report);
      }
      written.keySet().retainAll(there);
      pendingSince.keySet().retainAll(there);
    }
    for (Ref ref : takeTouched()) {
      board.report(ref).ifPresent(this::look);
    }
  }

  private Set<Ref> takeTouched() {
    lock.lock();
    try {
      Set<Ref> taken = touched;
      touched = new LinkedHashSet<>();
      taken.addAll(pendingSince.keySet());
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void look(ObjectReport report) {
    Ref ref = report.status().ref();
    Optional<ObjectKind<?>> kind = Kinds.named(ref.kind()).filter(StatusWriter::isWritten);
    if (kind.isEmpty() || isNobodysYet(report)) {
      return;
    }
    Map<String, Object> document = StatusDocument.of(report, controller);
    Written last = written.get(ref);
    long now = System.nanoTime();
    if (last != null && last.document.equals(document)) {
      pendingSince.remove(ref);
      return;
    }
    if (waits(report, last, now)) {
      return;
    }
    if (last != null && now - last.at < PAUSE_NANOS) {
      touch(List.of(ref)); // Later, with what is true then.
      return;
    }
    write(kind.get(), ref, new Written(document, report.status().generation(), now));
  }

  private static boolean isWritten(ObjectKind<?> kind) {
    return kind.group().equals(Kinds.GROUP) || WRITTEN.contains(kind.name());
  }

  /** A Gateway whose class is not there may be meant for another controller. */
  private static boolean isNobodysYet(ObjectReport report) {
    return report.status().conditions().stream()
        .anyMatch(condition -> condition.status() == Condition.Status.UNKNOWN);
  }

  /** Whether to wait for nodes before saying that they are waited for. */
  private boolean waits(ObjectReport report, @Nullable Written last, long now) {
    Ref ref = report.status().ref();
    if (!StatusDocument.isPending(report)) {
      pendingSince.remove(ref);
      return false;
    }
    long since = pendingSince.computeIfAbsent(ref, _ -> now);
    boolean sameGeneration = last != null && last.generation == report.status().generation();
    return now - since < (sameGeneration ? TURNED_NANOS : PENDING_NANOS);
  }

  private void write(ObjectKind<?> kind, Ref ref, Written news) {
    try {
      Optional<GenericKubernetesResource> read = access.read(kind, ref);
      if (read.isEmpty()) {
        written.put(ref, news); // It is from another source, or just gone.
        return;
      }
      Map<?, ?> before =
          read.get().getAdditionalProperties().get("status") instanceof Map<?, ?> map
              ? map
              : Map.of();
      String time = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
      Map<String, Object> merged = new StatusMerge(controller, time).merge(before, news.document);
      if (!StatusMerge.says(before, merged) && leads.getAsBoolean()) {
        access.write(kind, read.get(), merged);
        writes.incrementAndGet();
      }
      written.put(ref, news);
    } catch (KubernetesClientException cause) {
      failures.incrementAndGet();
      LOG.warn("the status of {} could not be written: {}; trying again", ref, cause.getMessage());
      touch(List.of(ref));
    }
  }
}
