package io.chancery.bench.fleet;

import io.chancery.bench.fleet.Mutation.Change;
import java.util.List;
import java.util.SplittableRandom;

/** Changes of a world, one after the other; equal seeds give equal changes. */
final class Mutations {
  private final FleetWorld world;
  private final SplittableRandom random;
  private final int[] generations;

  Mutations(FleetWorld world, long seed) {
    this.world = world;
    this.random = new SplittableRandom(seed);
    this.generations = new int[world.numbers()];
    for (int number = 0; number < generations.length; number++) {
      generations[number] = world.first(number);
    }
  }

  /** A header of one route, in a configuration other than the one that {@link #move} changes. */
  Mutation route() {
    return new Mutation(List.of(next(world.route(1 + random.nextInt(world.routes() - 1)))));
  }

  /** An endpoint of one cluster. */
  Mutation endpoint() {
    return new Mutation(List.of(next(world.endpoints(random.nextInt(world.spareCluster())))));
  }

  /** A resource that has changed before. */
  Mutation again(int number) {
    return new Mutation(List.of(next(number)));
  }

  /** One route goes to a new cluster, and the old one is removed, all at once. */
  Mutation move() {
    boolean back = generations[world.route(0)] % 2 == 1;
    int comes = back ? 0 : world.spareCluster();
    int goes = back ? world.spareCluster() : 0;
    return new Mutation(
        List.of(
            next(comes),
            next(world.endpoints(comes)),
            next(world.route(0)),
            none(goes),
            none(world.endpoints(goes))));
  }

  private Change next(int number) {
    return new Change(number, ++generations[number]);
  }

  private Change none(int number) {
    generations[number] = FleetWorld.ABSENT;
    return new Change(number, FleetWorld.ABSENT);
  }
}
