package io.chancery.source;

import static java.util.Objects.requireNonNull;

import io.chancery.engine.Write;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Several sources as one. An object belongs to the source that named it first; that another names
 * it too is a problem of the object, until the first deletes it and the other takes over. The first
 * batch comes when each source has handed over its own; among these, the order of the list decides.
 */
public final class JoinedSources implements Source {
  private final List<Named> sources;
  private final ObjectTables tables;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Integer, List<Write<?, ?>>> early = new TreeMap<>();
  private final Map<Ref, Map<Integer, Write<?, ?>>> claims = new HashMap<>();
  private final Map<Ref, Map<Integer, List<Problem>>> problems = new HashMap<>();
  private final Map<Ref, Write<?, ?>> published = new HashMap<>();
  private final Map<Ref, List<Problem>> publishedProblems = new HashMap<>();
  private final Set<Integer> synced = new HashSet<>();
  private boolean closed;

  /**
   * A source and its name in messages, such as {@code files}.
   *
   * @param name unique among the sources
   */
  public record Named(String name, Source source) {}

  /** Joins sources that write to these tables. */
  public JoinedSources(List<Named> sources, ObjectTables tables) {
    this.sources = List.copyOf(requireNonNull(sources, "sources"));
    this.tables = requireNonNull(tables, "tables");
  }

  @Override
  public void start(Consumer<List<Write<?, ?>>> sink) {
    for (int i = 0; i < sources.size(); i++) {
      int index = i;
      sources.get(i).source().start(batch -> accept(index, batch, sink));
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    // Without the lock, which the thread of a source may wait for.
    sources.forEach(named -> named.source().close());
  }

  private void accept(int source, List<Write<?, ?>> batch, Consumer<List<Write<?, ?>>> sink) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (synced.size() < sources.size()) {
        awaitOthers(source, batch, sink);
        return;
      }
      List<Write<?, ?>> changes = merge(Map.of(source, batch));
      if (!changes.isEmpty()) {
        sink.accept(changes);
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitOthers(int source, List<Write<?, ?>> batch, Consumer<List<Write<?, ?>>> sink) {
    early.computeIfAbsent(source, _ -> new ArrayList<>()).addAll(batch);
    synced.add(source);
    if (synced.size() == sources.size()) {
      sink.accept(merge(early));
      early.clear();
    }
  }

  private List<Write<?, ?>> merge(Map<Integer, List<Write<?, ?>>> batches) {
    Set<Ref> touched = new LinkedHashSet<>();
    batches.forEach((source, batch) -> batch.forEach(write -> touched.add(note(source, write))));
    List<Write<?, ?>> changes = new ArrayList<>();
    touched.forEach(ref -> settle(ref, changes));
    return List.copyOf(changes);
  }

  @SuppressWarnings("unchecked") // The rows of this table are lists of problems.
  private Ref note(int source, Write<?, ?> write) {
    Ref ref = (Ref) write.key(); // As all source tables have it.
    if (write.table() == tables.problems()) {
      note(problems, ref, source, (List<Problem>) write.row());
    } else {
      note(claims, ref, source, write.row() == null ? null : write);
    }
    return ref;
  }

  private static <T> void note(
      Map<Ref, Map<Integer, T>> all, Ref ref, int source, @Nullable T value) {
    // In the order in which the sources came.
    Map<Integer, T> bySource = all.computeIfAbsent(ref, _ -> new LinkedHashMap<>());
    if (value == null) {
      bySource.remove(source);
    } else {
      bySource.put(source, value);
    }
    if (bySource.isEmpty()) {
      all.remove(ref);
    }
  }

  private void settle(Ref ref, List<Write<?, ?>> changes) {
    Optional<Write<?, ?>> now = claims.getOrDefault(ref, Map.of()).values().stream().findFirst();
    Write<?, ?> before = now.isEmpty() ? published.remove(ref) : published.put(ref, now.get());
    if (now.isEmpty() && before != null) {
      changes.add(removal(before));
    } else if (now.isPresent() && !now.get().equals(before)) {
      changes.add(now.get());
    }
    settleProblems(ref, changes);
  }

  private void settleProblems(Ref ref, List<Write<?, ?>> changes) {
    List<Problem> now = new ArrayList<>(conflicts(ref));
    problems.getOrDefault(ref, Map.of()).values().forEach(now::addAll);
    List<Problem> sorted = now.stream().sorted().toList();
    List<Problem> before =
        sorted.isEmpty() ? publishedProblems.remove(ref) : publishedProblems.put(ref, sorted);
    if (!sorted.equals(Objects.requireNonNullElse(before, List.of()))) {
      changes.add(new Write<>(tables.problems(), ref, sorted.isEmpty() ? null : sorted));
    }
  }

  private List<Problem> conflicts(Ref ref) {
    List<String> names =
        claims.getOrDefault(ref, Map.of()).keySet().stream()
            .map(source -> sources.get(source).name())
            .toList();
    return names.stream()
        .skip(1)
        .map(name -> "the source " + name + " declares what " + names.getFirst() + " has already")
        .map(message -> new Problem(ref, "", Reason.CONFLICTED, message + "; the first counts"))
        .toList();
  }

  private static <K extends Comparable<K>, V> Write<K, V> removal(Write<K, V> write) {
    return new Write<>(write.table(), write.key(), null);
  }
}
