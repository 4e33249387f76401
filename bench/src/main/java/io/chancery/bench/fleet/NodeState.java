package io.chancery.bench.fleet;

import io.chancery.xds.ResourceKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What one simulated node holds, and whether it may: every resource was asked for, is the published
 * one, and comes after those that it refers to. Confined to the loop of the fleet.
 */
final class NodeState {
  private static final int NONE_REFUSED = -3; // No generation.

  private final FleetWorld world;
  private final int[] published;
  private final int[] held;
  private final BitSet subscribed = new BitSet();
  private final Map<Integer, Integer> refused = new HashMap<>();
  private final Consumer<String> violations;
  private int lacking;

  /**
   * @param published the generation of each resource; belongs to the fleet, which changes it
   * @param violations takes what the server did wrong
   */
  NodeState(FleetWorld world, int[] published, Consumer<String> violations) {
    this.world = world;
    this.published = published;
    this.held = new int[published.length];
    this.violations = violations;
    for (int number = 0; number < held.length; number++) {
      held[number] = FleetWorld.ABSENT;
      lacking += lacks(number) ? 1 : 0;
    }
  }

  private boolean lacks(int number) {
    return held[number] != published[number]
        && refused.getOrDefault(number, NONE_REFUSED) != published[number];
  }

  /** Before and after the fleet changes the published generation of a resource. */
  void publishing(int number, Runnable change) {
    lacking -= lacks(number) ? 1 : 0;
    change.run();
    lacking += lacks(number) ? 1 : 0;
  }

  /** Holds something without having been sent it. */
  void restore(int number, int generation) {
    hold(number, generation);
  }

  private void hold(int number, int generation) {
    publishing(number, () -> held[number] = generation);
  }

  /** Takes a resource; returns whether it was there already, in the same content. */
  boolean take(int number, int generation) {
    ResourceKind kind = world.kind(number);
    if (!asksForAll(kind) && !subscribed.get(number)) {
      violations.accept("not asked for: " + kind + " " + world.name(number));
    }
    for (int cluster : world.references(number, generation)) {
      if (held[cluster] == FleetWorld.ABSENT) {
        violations.accept(world.name(number) + " came before cluster " + world.name(cluster));
      }
    }
    boolean repeated = held[number] == generation;
    hold(number, generation);
    return repeated;
  }

  /** A cluster's endpoints go with it, as they do in an Envoy. */
  void drop(int number) {
    hold(number, FleetWorld.ABSENT);
    if (world.kind(number).equals(ResourceKind.CLUSTER)) {
      checkUnused(number);
      hold(world.endpoints(number), FleetWorld.ABSENT);
    }
  }

  private void checkUnused(int cluster) {
    for (int index = 0; index < world.routes(); index++) {
      int route = world.route(index);
      if (world.references(route, held[route]).contains(cluster)) {
        violations.accept(
            "cluster "
                + world.name(cluster)
                + " was removed while "
                + world.name(route)
                + " used it");
      }
    }
  }

  /** Notes that the node said no to a content; it goes on with what it has. */
  void refuse(int number, int generation) {
    publishing(number, () -> refused.put(number, generation));
  }

  static boolean asksForAll(ResourceKind kind) {
    return kind.equals(ResourceKind.CLUSTER) || kind.equals(ResourceKind.LISTENER);
  }

  /** Subscribes to what resources name; returns what was not subscribed before. */
  List<Integer> subscribe(List<Integer> numbers) {
    List<Integer> added = new ArrayList<>();
    for (int number : numbers) {
      for (int named : world.subscriptions(number)) {
        if (!subscribed.get(named)) {
          subscribed.set(named);
          added.add(named);
        }
      }
    }
    return added;
  }

  /** Gives up what only these resources named; returns what was subscribed. */
  List<Integer> unsubscribe(List<Integer> numbers) {
    List<Integer> gone = new ArrayList<>();
    for (int number : numbers) {
      for (int named : world.subscriptions(number)) {
        if (subscribed.get(named)) {
          subscribed.clear(named);
          gone.add(named);
        }
      }
    }
    return gone;
  }

  /** How many resources differ from what is published and was not refused. */
  int lacking() {
    return lacking;
  }

  int held(int number) {
    return held[number];
  }

  /** Equal for equal contents of all resources. */
  long hash() {
    long hash = 0;
    for (int number = 0; number < held.length; number++) {
      hash += (number * 0x9E3779B97F4A7C15L + held[number]) * 0xD1B54A32D192ED03L ^ hash >>> 29;
    }
    return hash;
  }
}
