package io.chancery.cli;

import io.chancery.app.ControlPlane;
import io.chancery.compile.Compiled;
import io.chancery.model.ObjectStatus;
import io.chancery.model.Problem;
import io.chancery.snapshot.NodeState;
import io.chancery.xds.ResourceChange;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints a line for each change: what changed, and what the nodes made of it. */
final class Changes {
  private static final long WAIT_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long LOOK_MILLIS = 5;

  private final PrintWriter out;
  private final Function<Problem, String> text;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("changes").factory());
  private volatile boolean ready;
  private volatile @Nullable ControlPlane plane;

  /**
   * Prints to a stream.
   *
   * @param text of a problem, with the place where it stands
   */
  Changes(PrintWriter out, Function<Problem, String> text) {
    this.out = out;
    this.text = text;
  }

  void follow(ControlPlane running) {
    plane = running;
  }

  /** Prints the line that says that all is served; changes are printed from now on. */
  void ready(String line) {
    out.println(line);
    out.flush();
    ready = true;
  }

  /** Called on the compile thread, so the rest happens elsewhere. */
  void compiled(Compiled compiled, long revision) {
    if (!ready) {
      return;
    }
    long start = System.nanoTime();
    thread.execute(() -> print(compiled, revision, start));
  }

  private void print(Compiled compiled, long revision, long start) {
    compiled.statuses().values().stream()
        .flatMap(Optional::stream)
        .map(ObjectStatus::problems)
        .flatMap(List::stream)
        .sorted()
        .map(text)
        .forEach(problem -> out.println("problem: " + problem));
    if (!compiled.changes().isEmpty()) {
      out.println(
          "revision " + revision + ": " + summary(compiled.changes()) + "; " + awaitNodes(start));
    }
    out.flush();
  }

  /** {@code clusters 1, routes 2}. */
  private static String summary(Collection<ResourceChange> changes) {
    return changes.stream()
        .collect(Collectors.groupingBy(ResourceChange::kind, TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private String awaitNodes(long start) {
    ControlPlane running = Objects.requireNonNull(plane, "plane");
    try {
      while (System.nanoTime() - start < WAIT_NANOS
          && !running.nodes().nodes().stream().allMatch(running::isSettled)) {
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
    }
    List<NodeState> all = running.nodes().nodes();
    long done =
        all.stream().filter(node -> running.isSettled(node) && refusals(node).isEmpty()).count();
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    String counted = done + " of " + all.size() + " nodes run it after " + millis + " ms";
    return all.stream()
        .flatMap(node -> refusals(node).stream())
        .findFirst()
        .map(refusal -> counted + "; refused: " + refusal)
        .orElse(counted);
  }

  /** What a node refuses, each with Envoy's words. */
  static List<String> refusals(NodeState node) {
    return node.kinds().entrySet().stream()
        .filter(kind -> !kind.getValue().rejected().isEmpty())
        .map(kind ->
            kind.getKey()
                + " "
                + kind.getValue().rejected().keySet()
                + ": "
                + kind.getValue().lastNack().map(NodeState.Nack::detail).orElse(""))
        .toList();
  }
}
