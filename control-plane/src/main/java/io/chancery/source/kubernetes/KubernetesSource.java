package io.chancery.source.kubernetes;

import static java.util.Objects.requireNonNull;

import io.chancery.crd.Kinds;
import io.chancery.crd.ObjectKind;
import io.chancery.crd.ObjectKind.Scope;
import io.chancery.engine.Write;
import io.chancery.model.Ref;
import io.chancery.source.ObjectTables;
import io.chancery.source.Source;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the objects of a Kubernetes API server: all kinds that Chancery reads, and of the Secrets
 * only those that are referred to. Kinds that are not installed are no error, and are read when
 * they appear. There is no first batch before each kind that is installed was read once.
 */
public final class KubernetesSource implements Source {
  private final KubernetesClient client;
  private final KubernetesScope scope;
  private final ObjectTables tables;
  private final Timing timing;
  private final Map<Target, Running> running = new ConcurrentHashMap<>();
  private @Nullable Assembly assembly;

  private record Running(KindWatch watch, Thread thread) {}

  /**
   * A source.
   *
   * @param client connections to the API server; it must not repeat calls by itself, and is not
   *     closed by the source
   */
  public KubernetesSource(KubernetesClient client, KubernetesScope scope, ObjectTables tables) {
    this(client, scope, tables, Timing.DEFAULT);
  }

  /** The same, with another patience. */
  public KubernetesSource(
      KubernetesClient client, KubernetesScope scope, ObjectTables tables, Timing timing) {
    this.client = requireNonNull(client, "client");
    this.scope = requireNonNull(scope, "scope");
    this.tables = requireNonNull(tables, "tables");
    this.timing = timing;
  }

  @Override
  public void start(Consumer<List<Write<?, ?>>> sink) {
    Api api = new Api(client);
    Set<Target> targets = targets();
    Assembly made = new Assembly(targets, tables, new SingleSecrets(api), sink);
    assembly = made;
    targets.forEach(target -> follow(api, target, made));
  }

  private Set<Target> targets() {
    Set<Target> targets = new HashSet<>();
    for (ObjectKind<?> kind : Kinds.ALL) {
      if (kind.equals(Kinds.SECRET)) {
        continue; // One by one, when they are referred to.
      }
      if (scope.namespaces().isEmpty()) {
        targets.add(Target.of(kind, Optional.empty(), scope));
      } else if (kind.equals(Kinds.NAMESPACE)) {
        scope
            .namespaces()
            .forEach(name -> targets.add(Target.of(kind, new Ref(kind.name(), "", name))));
      } else if (kind.scope() == Scope.CLUSTER) {
        targets.add(Target.of(kind, Optional.empty(), scope));
      } else {
        scope.namespaces().forEach(name -> targets.add(Target.of(kind, Optional.of(name), scope)));
      }
    }
    return targets;
  }

  private void follow(Api api, Target target, Watching watching) {
    KindWatch watch = new KindWatch(api, target, watching, tables, scope.massDelete(), timing);
    Thread thread = Thread.ofVirtual().name("kubernetes " + target).unstarted(watch);
    running.put(target, new Running(watch, thread));
    thread.start();
  }

  /** Why there is no first batch yet: the kinds that are still to be read; empty: there is one. */
  public List<String> waitingFor() {
    Assembly now = assembly;
    return now == null
        ? List.of()
        : now.awaited().stream()
            .map(target -> target.problemRef().name())
            .distinct()
            .sorted()
            .toList();
  }

  /** How far the source is with each kind, in the order of their names. */
  public List<KindState> states() {
    return running.values().stream()
        .map(one -> one.watch.state())
        .sorted((a, b) -> a.what().compareTo(b.what()))
        .toList();
  }

  @Override
  public void close() {
    if (assembly != null) {
      assembly.close();
    }
    running.values().forEach(one -> one.thread.interrupt());
  }

  /** Called with the lock of the assembly. */
  private final class SingleSecrets implements Assembly.Secrets {
    private final Api api;

    SingleSecrets(Api api) {
      this.api = api;
    }

    @Override
    public Target follow(Ref secret) {
      Target target = Target.of(Kinds.SECRET, secret);
      KubernetesSource.this.follow(api, target, requireNonNull(assembly));
      return target;
    }

    @Override
    public List<Write<?, ?>> forget(Ref secret) {
      Target target = Target.of(Kinds.SECRET, secret);
      Running gone = running.remove(target);
      if (gone == null) {
        return List.of();
      }
      gone.thread.interrupt();
      List<Write<?, ?>> writes = new ArrayList<>();
      writes.add(new Write<>(tables.of(Kinds.SECRET), secret, null));
      writes.add(new Write<>(tables.problems(), secret, null));
      writes.add(new Write<>(tables.problems(), target.problemRef(), null));
      return writes;
    }
  }
}
