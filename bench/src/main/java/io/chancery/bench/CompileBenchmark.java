package io.chancery.bench;

import io.chancery.compile.Compilation;
import io.chancery.compile.Compiled;
import io.chancery.xds.ResourceKind;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to compile a world, and to change one route of it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class CompileBenchmark {

  /** Routes; five to a host. */
  @Param({"1000", "10000"})
  public int routes;

  private Compilation compilation = new Compilation();
  private int edits;

  /** Prints what is the same in every run, beside the times. */
  @Setup(Level.Trial)
  public void describe() {
    Compilation fresh = new Compilation();
    Compiled everything = fresh.apply(world().writes(fresh));
    Compiled oneRoute = fresh.apply(List.of(world().route(0, "/edit", fresh.objects())));
    System.out.printf(
        "%d routes: %d bytes of route configuration for each; one changed route recomputes %d rows%n",
        routes, routeBytes(everything) / routes, oneRoute.outcome().totalRecomputed());
  }

  @Setup(Level.Iteration)
  public void compile() {
    compilation = new Compilation();
    Compiled _ = compilation.apply(world().writes(compilation));
  }

  private World world() {
    return new World(routes, Math.max(1, routes / 5));
  }

  /** Everything at once. */
  @Benchmark
  public Compiled everything() {
    Compilation fresh = new Compilation();
    return fresh.apply(world().writes(fresh));
  }

  /** The path of one route. */
  @Benchmark
  public Compiled oneRoute() {
    edits++;
    return compilation.apply(
        List.of(world().route(edits % routes, "/edit" + edits, compilation.objects())));
  }

  private static long routeBytes(Compiled compiled) {
    return compiled.changes().stream()
        .filter(change -> change.kind().equals(ResourceKind.ROUTE_CONFIGURATION))
        .flatMap(change -> change.resource().stream())
        .mapToLong(resource -> resource.bytes().size())
        .sum();
  }
}
