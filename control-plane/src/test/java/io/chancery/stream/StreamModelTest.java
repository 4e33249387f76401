package io.chancery.stream;

import static io.chancery.xds.ResourceKind.CLUSTER;
import static io.chancery.xds.ResourceKind.ENDPOINTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever a client subscribes to, refuses and loses, and however the server changes meanwhile: in
 * the end the client has what it subscribed to of what there is, or what it accepted last where it
 * refused that.
 */
class StreamModelTest {
  private static final List<ResourceKind> KINDS = List.of(CLUSTER, ENDPOINTS);
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");
  private static final int STEPS = 60;

  @Property(tries = 25)
  void theClientEndsWithWhatItAskedFor(@ForAll long seed) {
    Random random = new Random(seed);
    try (Fixture fixture = new Fixture()) {
      ModelClient client = new ModelClient(fixture);
      Map<String, Integer> bad = new HashMap<>();
      for (int step = 0; step < STEPS; step++) {
        step(random, fixture, client, bad);
      }
      client.settle();
      assertThat(client.state()).isEqualTo(expected(fixture, client));
      assertThat(client.responses())
          .as("no answer to an ACK, nothing twice")
          .isLessThanOrEqualTo(client.questions() + client.refusals() * NAMES.size() + STEPS);
    }
  }

  private static void step(
      Random random, Fixture fixture, ModelClient client, Map<String, Integer> bad) {
    ResourceKind kind = KINDS.get(random.nextInt(KINDS.size()));
    String name = NAMES.get(random.nextInt(NAMES.size()));
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> fixture.publish(Fixture.set(kind, name, "" + random.nextInt(3)));
      case 3 -> fixture.publish(Fixture.gone(kind, name));
      case 4 -> {
        // Once for each name: after a second refusal it would be long before better is offered.
        if (bad.merge(kind + name, 1, Integer::sum) == 1) {
          ResourceChange refused = Fixture.set(kind, name, "bad" + random.nextInt());
          client.refuses(Fixture.version(refused));
          fixture.publish(refused);
        }
      }
      case 5, 6 -> client.subscribe(kind, random.nextInt(4) == 0 ? "*" : name);
      case 7 -> client.unsubscribe(kind, random.nextInt(6) == 0 ? "*" : name);
      case 8 -> client.settle();
      default -> client.reconnect();
    }
  }

  /** A client that refused endpoints may still use the clusters of those before; xds.md O4. */
  private static boolean isPinned(Fixture fixture, ModelClient client) {
    return fixture.store.snapshot("edge").resources(ENDPOINTS).values().stream()
        .filter(resource -> client.covers(ENDPOINTS, resource.name()))
        .anyMatch(resource -> client.isRefused(resource.version().hex()));
  }

  private static Map<String, String> expected(Fixture fixture, ModelClient client) {
    Map<String, String> expected = new TreeMap<>();
    for (ResourceKind kind : KINDS) {
      Map<String, Resource> present = fixture.store.snapshot("edge").resources(kind);
      for (String name : NAMES) {
        String key = kind + "/" + name;
        Resource resource = present.get(name);
        String had = client.state().get(key);
        if (!client.covers(kind, name)) {
          continue;
        }
        if (resource == null) {
          if (had != null && kind.equals(CLUSTER) && isPinned(fixture, client)) {
            expected.put(key, had);
          }
          continue;
        }
        String version = resource.version().hex();
        if (!client.isRefused(version)) {
          expected.put(key, version);
        } else if (had != null) {
          assertThat(client.isRefused(had)).isFalse();
          expected.put(key, had); // What it accepted last.
        }
      }
    }
    return expected;
  }
}
