package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

/** A world answers the same requests whatever the form of its route tables. */
class SameAnswersTest {
  private static final int WORLDS = 40;
  private static final List<String> LISTENERS =
      List.of("", "*.example", "*.shop.example", "api.shop.example", "*.api.shop.example");
  private static final List<String> HOSTS =
      List.of(
          "*.example",
          "*.shop.example",
          "*.api.shop.example",
          "*.eu.api.shop.example",
          "example",
          "a.example",
          "b.example",
          "shop.example",
          "api.shop.example",
          "v1.api.shop.example",
          "eu.api.shop.example",
          "x.eu.api.shop.example");
  private static final List<String> ASKED =
      List.of(
          "example",
          "a.example",
          "b.example",
          "c.example",
          "shop.example",
          "z.shop.example",
          "api.shop.example",
          "v1.api.shop.example",
          "v2.api.shop.example",
          "eu.api.shop.example",
          "x.eu.api.shop.example",
          "y.eu.api.shop.example",
          "aexample",
          "elsewhere.test");
  private static final List<String> PATHS = List.of("/", "/a", "/a/b");

  /** Listeners and routes as a seed makes them. */
  private record World(Random random) {
    World(int seed) {
      this(new Random(seed));
    }

    List<String> listeners() {
      List<String> listeners = new ArrayList<>();
      for (String host : LISTENERS) {
        if (random.nextBoolean()) {
          listeners.add(host);
        }
      }
      return listeners;
    }

    String gateway(List<String> hosts) {
      StringBuilder yaml = new StringBuilder(RunningGateway.GATEWAY.replace(" http,", " marker,"));
      yaml.insert(yaml.lastIndexOf("}"), ", hostname: marker.test");
      for (int i = 0; i < hosts.size(); i++) {
        String hostname = hosts.get(i).isEmpty() ? "" : ", hostname: \"" + hosts.get(i) + "\"";
        yaml.append("  - {name: l%d, port: ${port}, protocol: HTTP%s}\n".formatted(i, hostname));
      }
      return yaml.toString();
    }

    String route(int number, int listeners) {
      List<String> hosts = new ArrayList<>();
      for (int i = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(3); i > 0; i--) {
        hosts.add("\"" + HOSTS.get(random.nextInt(HOSTS.size())) + "\"");
      }
      String section =
          listeners == 0 || random.nextInt(4) == 0
              ? ""
              : ", sectionName: l" + random.nextInt(listeners);
      String path = PATHS.get(random.nextInt(PATHS.size()));
      return routeOf("r" + number, section, String.join(", ", hosts.stream().distinct().toList()))
          + "  rules: [{matches: [{path: {value: %s}}], backendRefs: [{name: u%d, port: 80}]}]\n"
              .formatted(path, random.nextInt(3));
    }

    String yaml() {
      List<String> listeners = listeners();
      List<String> objects = new ArrayList<>();
      objects.add(gateway(listeners));
      int routes = 1 + random.nextInt(8);
      for (int i = 0; i < routes; i++) {
        objects.add(route(i, listeners.size()));
      }
      return String.join("---\n", objects);
    }

    private static String routeOf(String name, String section, String hosts) {
      return """
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: %s, namespace: shop}
      spec:
        parentRefs: [{name: edge%s}]
        hostnames: [%s]
      """
          .formatted(name, section, hosts);
    }
  }

  /** The objects of a world with a form of its tables, and a path that only they have. */
  private record Form(String world, int seed, String type, boolean onDemand) {
    String yaml() {
      return """
      apiVersion: chancery.io/v1alpha1
      kind: Fleet
      metadata: {name: default}
      spec: {routeTables: {type: %s, scoped: {shards: %d, onDemand: %b}}}
      ---
      """
              .formatted(type, 1 + seed % 5, onDemand)
          + World.routeOf("marker", ", sectionName: marker", "marker.test")
          + "  rules: [{matches: [{path: {value: %s}}], backendRefs: [{name: marker, port: 80}]}]\n---\n"
              .formatted(marker())
          + world;
    }

    String marker() {
      return "/" + seed + "-" + type + "-" + onDemand;
    }
  }

  private static Map<String, String> answers(RunningGateway gateway) {
    Map<String, String> answers = new TreeMap<>();
    for (String host : ASKED) {
      for (String path : PATHS) {
        RawHttp.Response response = gateway.get(host, path);
        answers.put(host + path, response.status() + " " + response.upstream());
      }
    }
    return answers;
  }

  private static Map<String, String> answers(RunningGateway gateway, Form form) {
    gateway.write("base.yaml", form.yaml());
    Awaitility.await()
        .until(() -> gateway.get("marker.test", form.marker()).upstream().equals("marker"));
    gateway.awaitSettled();
    return answers(gateway);
  }

  /** A listener that was accepted can be a moment away from use: so the answers are awaited. */
  private static void assertAnswers(
      RunningGateway gateway, Map<String, String> expected, String world) {
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> answers(gateway), expected::equals);
    } catch (ConditionTimeoutException never) {
      assertThat(answers(gateway)).as(world).isEqualTo(expected);
    }
  }

  @Test
  void allFormsAnswerAlike() {
    int answered = 0;
    try (Upstream first = new Upstream("u0");
        Upstream second = new Upstream("u1");
        Upstream third = new Upstream("u2");
        Upstream marker = new Upstream("marker");
        RunningGateway gateway = new RunningGateway(RunningGateway.GATEWAY)) {
      gateway.write(
          "services.yaml",
          String.join(
              "---\n",
              first.asService("u0"),
              second.asService("u1"),
              third.asService("u2"),
              marker.asService("marker")));
      for (int seed = 0; seed < WORLDS; seed++) {
        String world = new World(seed).yaml();
        Map<String, String> single = answers(gateway, new Form(world, seed, "Single", false));
        for (boolean onDemand : List.of(false, true)) {
          Form scoped = new Form(world, seed, "Scoped", onDemand);
          answers(gateway, scoped);
          assertAnswers(gateway, single, scoped.yaml());
        }
        answered += (int) single.values().stream().filter(it -> it.startsWith("200")).count();
      }
      gateway.assertNothingRefused();
      assertThat(answered).as("requests that a backend answered").isGreaterThan(100);
    }
  }
}
