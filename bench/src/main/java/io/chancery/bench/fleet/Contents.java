package io.chancery.bench.fleet;

import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says what was received, in numbers of the world. A content is compared with the published one,
 * byte by byte, when its version is first seen; from then on its version stands for it.
 */
final class Contents {
  /** Not the resource that was published under this name. */
  static final int FOREIGN = -2;

  private final FleetWorld world;
  private final Map<ResourceKind, Map<String, Integer>> numbers = new HashMap<>();
  private final List<Map<String, Integer>> generations = new ArrayList<>();

  Contents(FleetWorld world) {
    this.world = world;
    for (int number = 0; number < world.numbers(); number++) {
      numbers
          .computeIfAbsent(world.kind(number), _ -> new HashMap<>())
          .put(world.name(number), number);
      generations.add(new HashMap<>());
    }
  }

  /** The number of a resource; -1: the world has none of this name. */
  int number(ResourceKind kind, String name) {
    return numbers.getOrDefault(kind, Map.of()).getOrDefault(name, -1);
  }

  /** Which generation this is, up to the given one. */
  int generation(int number, String version, ByteBuffer any, int newest) {
    Integer known = generations.get(number).get(version);
    if (known != null) {
      return known;
    }
    int found = compare(number, ResponseReader.value(any), newest);
    generations.get(number).put(version, found);
    return found;
  }

  private int compare(int number, byte[] value, int newest) {
    for (int generation = newest; generation >= 0; generation--) {
      byte[] published = Resource.serialise(world.message(number, generation)).toByteArray();
      if (Arrays.equals(published, value)) {
        return generation;
      }
    }
    return FOREIGN;
  }

  /** The version that the server gave to a content that was received. */
  String version(int number, int generation) {
    return generations.get(number).entrySet().stream()
        .filter(entry -> entry.getValue() == generation)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("never received: " + world.name(number)));
  }
}
