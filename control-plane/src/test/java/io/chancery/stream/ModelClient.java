package io.chancery.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/** A client that keeps what the protocol says it should, and refuses what it is told to refuse. */
final class ModelClient {
  private static final String FENCE = "type.googleapis.com/chancery.test.ModelFence";

  private final Fixture fixture;
  private final Map<ResourceKind, Set<String>> subscribed = new TreeMap<>();
  private final Map<String, String> held = new TreeMap<>();
  private final Set<String> refused = new HashSet<>();
  private final Set<String> refusedOnStream = new HashSet<>();
  private Conversation conversation;
  private int fences;
  private int questions;
  private int responses;
  private int refusals;

  ModelClient(Fixture fixture) {
    this.fixture = fixture;
    conversation = fixture.connect();
  }

  void refuses(String version) {
    refused.add(version);
  }

  boolean isRefused(String version) {
    return refused.contains(version);
  }

  boolean covers(ResourceKind kind, String name) {
    Set<String> names = subscribed.getOrDefault(kind, Set.of());
    return names.contains("*") || names.contains(name);
  }

  void subscribe(ResourceKind kind, String name) {
    subscribed.computeIfAbsent(kind, _ -> new LinkedHashSet<>()).add(name);
    questions++;
    conversation.subscribe(kind, name);
  }

  void unsubscribe(ResourceKind kind, String name) {
    Set<String> names = subscribed.computeIfAbsent(kind, _ -> new LinkedHashSet<>());
    if (names.remove(name)) {
      questions++;
      conversation.unsubscribe(kind, name);
      forgetUncovered();
    }
  }

  private void forgetUncovered() {
    for (ResourceKind kind : ResourceKind.ALL) {
      String prefix = kind + "/";
      held.keySet()
          .removeIf(key -> key.startsWith(prefix) && !covers(kind, key.substring(prefix.length())));
    }
  }

  /** Loses the connection, and what was on its way; tells the next stream what it has. */
  void reconnect() {
    conversation.close();
    conversation = fixture.connect();
    refusedOnStream.clear();
    subscribed.forEach((kind, names) -> {
      if (!names.isEmpty()) {
        questions += names.size();
        conversation.resume(kind, versions(kind), names.toArray(String[]::new));
      }
    });
  }

  private Map<String, String> versions(ResourceKind kind) {
    Map<String, String> versions = new HashMap<>();
    held.forEach((key, version) -> {
      if (key.startsWith(kind + "/")) {
        versions.put(key.substring(kind.id().length() + 1), version);
      }
    });
    return versions;
  }

  /** Answers everything, until the server has nothing more to say and nothing it waits with. */
  void settle() {
    Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(30))
        .until(() -> {
          while (answerAll() > 0) {
            // An answer may lead to another response.
          }
          long revision = fixture.store.revision();
          return subscribed.values().stream().allMatch(Set::isEmpty)
              || fixture.nodes.nodes().stream()
                  .anyMatch(node ->
                      node.kinds().values().stream().allMatch(kind -> kind.acked() >= revision));
        });
  }

  /** Answers what came before the answer to an unknown type; returns how much that was. */
  private int answerAll() {
    conversation.send(
        DeltaDiscoveryRequest.newBuilder()
            .setTypeUrl(FENCE)
            .addResourceNamesSubscribe("fence-" + ++fences));
    int answered = 0;
    while (true) {
      DeltaDiscoveryResponse response = conversation.next();
      if (response.getTypeUrl().equals(FENCE)) {
        conversation.ack(response);
        return answered;
      }
      answered++;
      responses++;
      answer(response);
    }
  }

  private void answer(DeltaDiscoveryResponse response) {
    ResourceKind kind = ResourceKind.ofTypeUrl(response.getTypeUrl()).orElseThrow();
    boolean bad = false;
    for (Resource resource : response.getResourcesList()) {
      assertThat(refusedOnStream).as("offered again").doesNotContain(resource.getVersion());
      bad |= refused.contains(resource.getVersion());
    }
    if (bad) {
      refusals++;
      StringBuilder detail = new StringBuilder("bad:");
      for (Resource resource : response.getResourcesList()) {
        if (refused.contains(resource.getVersion())) {
          refusedOnStream.add(resource.getVersion());
          detail.append(' ').append(resource.getName());
        }
      }
      conversation.nack(response, detail.toString());
      return;
    }
    for (Resource resource : response.getResourcesList()) {
      if (covers(kind, resource.getName())) {
        held.put(kind + "/" + resource.getName(), resource.getVersion());
      }
    }
    response.getRemovedResourcesList().forEach(name -> held.remove(kind + "/" + name));
    conversation.ack(response);
  }

  /** Versions by kind and name. */
  Map<String, String> state() {
    return held;
  }

  int questions() {
    return questions;
  }

  int responses() {
    return responses;
  }

  int refusals() {
    return refusals;
  }
}
