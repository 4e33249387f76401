package io.chancery.source.kubernetes;

import static java.util.Objects.requireNonNull;

import io.chancery.engine.Write;
import io.chancery.model.Ref;
import io.chancery.source.Declared;
import io.chancery.source.ObjectTables;
import io.chancery.source.kubernetes.KindState.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Puts together what the watches tell. Nothing goes on before every kind was read once. An object
 * that names a Secret goes on when the Secret was looked for: what Envoys run would otherwise lose
 * its certificate for a moment.
 */
final class Assembly implements Watching {
  private final ReentrantLock lock = new ReentrantLock();
  private final ObjectTables tables;
  private final Secrets secrets;
  private final Consumer<List<Write<?, ?>>> sink;
  private final Map<Target, Phase> phases = new HashMap<>();
  private final Map<Ref, Set<Ref>> namedBy = new HashMap<>();
  private final Map<Ref, Set<Ref>> users = new HashMap<>();
  private final Map<Ref, Target> followed = new HashMap<>();
  private final Map<Ref, Parked> parked = new LinkedHashMap<>();
  private List<Write<?, ?>> early = new ArrayList<>();
  private boolean first = true;
  private boolean closed;

  /**
   * An object whose Secrets are still looked for.
   *
   * @param dropped Secrets that it named before: what is served needs them until the object goes on
   */
  private record Parked(Write<?, ?> write, Set<Ref> dropped) {}

  /** Starts and ends watches of single Secrets. */
  interface Secrets {

    /** Begins to follow a Secret; its phase arrives later, from another thread. */
    Target follow(Ref secret);

    /** Stops, and tells which rows go with it. */
    List<Write<?, ?>> forget(Ref secret);
  }

  Assembly(
      Set<Target> targets, ObjectTables tables, Secrets secrets, Consumer<List<Write<?, ?>>> sink) {
    this.tables = tables;
    this.secrets = secrets;
    this.sink = sink;
    targets.forEach(target -> phases.put(target, Phase.PENDING));
  }

  @Override
  public void changed(Target target, List<Write<?, ?>> writes) {
    lock.lock();
    try {
      if (closed || !phases.containsKey(target)) {
        return; // A Secret that nobody names any more.
      }
      List<Write<?, ?>> ready = new ArrayList<>();
      for (Write<?, ?> write : writes) {
        take(write, ready);
      }
      hand(ready);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void phase(Target target, Phase phase) {
    lock.lock();
    try {
      if (!closed && phases.replace(target, phase) != null) {
        hand(List.of());
      }
    } finally {
      lock.unlock();
    }
  }

  /** What is waited for; empty: nothing. */
  List<Target> awaited() {
    lock.lock();
    try {
      return phases.entrySet().stream()
          .filter(entry -> !isSettled(entry.getKey()))
          .map(Map.Entry::getKey)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is handed over afterwards. */
  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  private void take(Write<?, ?> write, List<Write<?, ?>> ready) {
    if (!(write.key() instanceof Ref ref) || write.table().equals(tables.problems())) {
      ready.add(write);
      return;
    }
    Set<Ref> named =
        write.row() instanceof Declared<?> object ? SecretReferences.of(object) : Set.of();
    Set<Ref> before = named.isEmpty() ? namedBy.remove(ref) : namedBy.put(ref, named);
    if (named.isEmpty() && before == null) {
      ready.add(write);
      return;
    }
    named.forEach(secret -> use(secret, ref));
    Set<Ref> dropped = new HashSet<>(before == null ? Set.of() : before);
    Parked waiting = parked.remove(ref);
    if (waiting != null) {
      dropped.addAll(waiting.dropped);
    }
    dropped.removeAll(named);
    parked.put(ref, new Parked(write, dropped));
  }

  private void use(Ref secret, Ref user) {
    users.computeIfAbsent(secret, _ -> new HashSet<>()).add(user);
    if (!followed.containsKey(secret)) {
      Target target = secrets.follow(secret);
      followed.put(secret, target);
      phases.put(target, Phase.PENDING);
    }
  }

  private void release(Ref secret, Ref user, List<Write<?, ?>> ready) {
    Set<Ref> left = users.get(secret);
    if (left != null && left.remove(user) && left.isEmpty()) {
      users.remove(secret);
      phases.remove(followed.remove(secret));
      ready.addAll(secrets.forget(secret));
    }
  }

  private void hand(List<Write<?, ?>> ready) {
    List<Write<?, ?>> all = new ArrayList<>(unparked());
    all.addAll(ready);
    if (!first) {
      if (!all.isEmpty()) {
        sink.accept(List.copyOf(all));
      }
      return;
    }
    early.addAll(all);
    if (phases.keySet().stream().allMatch(this::isSettled)) {
      first = false;
      sink.accept(List.copyOf(early));
      early = new ArrayList<>();
    }
  }

  /** Objects all of whose Secrets were looked for, and then what they do not name any more. */
  private List<Write<?, ?>> unparked() {
    List<Write<?, ?>> free = new ArrayList<>();
    List<Write<?, ?>> gone = new ArrayList<>();
    parked
        .entrySet()
        .removeIf(entry -> {
          Ref ref = entry.getKey();
          boolean settled =
              namedBy.getOrDefault(ref, Set.of()).stream()
                  .allMatch(secret -> isSettled(requireNonNull(followed.get(secret))));
          if (settled) {
            free.add(entry.getValue().write);
            entry.getValue().dropped.forEach(secret -> release(secret, ref, gone));
          }
          return settled;
        });
    free.addAll(gone);
    return free;
  }

  /** That a single Secret may not be read closes what names it, and nothing else. */
  private boolean isSettled(Target target) {
    Phase phase = phases.getOrDefault(target, Phase.PENDING);
    return phase.isSettled() || (target.name().isPresent() && phase == Phase.REFUSED);
  }
}
