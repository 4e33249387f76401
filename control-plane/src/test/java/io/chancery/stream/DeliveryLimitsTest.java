package io.chancery.stream;

import static io.chancery.stream.Conversation.names;
import static io.chancery.stream.Fixture.set;
import static io.chancery.xds.ResourceKind.CLUSTER;
import static io.chancery.xds.ResourceKind.ENDPOINTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.RetryInfo;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.Snapshot;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bounds of what a stream is sent, holds and waits for; the names begin with the rule's id. */
class DeliveryLimitsTest {
  private static final String BIG = "x".repeat(400_000);

  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void s9SplitsLargeResponsesButNotTheFirstOfAll() {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      fixture.publish(set(ENDPOINTS, name, BIG + name), set(CLUSTER, name, BIG + name));
    }
    Conversation client = fixture.connect();
    assertThat(names(client.subscribe(CLUSTER).accept(CLUSTER))).hasSize(5);
    List<String> received = new ArrayList<>();
    client.subscribe(ENDPOINTS, "a", "b", "c", "d", "e");
    while (received.size() < 5) {
      DeltaDiscoveryResponse part = client.accept(ENDPOINTS);
      assertThat(part.getSerializedSize()).isLessThan(1 << 21);
      received.addAll(names(part));
    }
    assertThat(received).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    client.nothingMore();
  }

  @Test
  void o5EndsAStreamThatOwesAnAnswerAndTellsWhenToComeAgain() {
    XdsServer impatient =
        new XdsServer(
            new XdsServer.Listen(
                "127.0.0.1", 0, Duration.ofSeconds(15), Duration.ofMillis(300), Optional.empty()),
            new Feed(new SnapshotStore(), new Nodes(), () -> true),
            XdsMetrics.NONE);
    try (Conversation client = new Conversation(impatient.port())) {
      client.subscribe(CLUSTER).next(CLUSTER); // And no answer.
      assertThat(client.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(client.end().getDescription()).contains("no answer");
      assertThat(
              StatusProto.fromStatusAndTrailers(client.end(), client.trailers()).getDetailsList())
          .singleElement()
          .matches(detail -> detail.is(RetryInfo.class));
    } finally {
      impatient.close();
    }
  }

  @Test
  void o5AClientThatAnswersMayStay() throws InterruptedException {
    XdsServer impatient =
        new XdsServer(
            new XdsServer.Listen(
                "127.0.0.1", 0, Duration.ofSeconds(15), Duration.ofSeconds(3), Optional.empty()),
            new Feed(new SnapshotStore(), new Nodes(), () -> true),
            XdsMetrics.NONE);
    try (Conversation client = new Conversation(impatient.port())) {
      client.subscribe(CLUSTER).accept(CLUSTER);
      Thread.sleep(4_000);
      client.nothingMore();
    } finally {
      impatient.close();
    }
  }

  @Test
  void s3AClientThatRunsEverythingIsAReferenceAndNothingElse() {
    for (int i = 0; i < 200; i++) {
      fixture.publish(set(CLUSTER, "c" + i, "1"));
    }
    Snapshot now = fixture.store.snapshot("edge");
    Subscription subscription = new Subscription(true, new SharedNames());
    Subscription.Change change = subscription.change(List.of(), List.of(), name -> name);
    assertThat(change.wildcard()).isTrue();
    ClientView view = new ClientView(CLUSTER, subscription);
    view.startsWildcard();
    now.resources(CLUSTER)
        .forEach((name, resource) -> view.offered(name, Optional.of(resource), 0));
    assertThat(view.exceptions()).isEqualTo(200);
    view.rebase(now);
    assertThat(view.exceptions()).isZero();
    assertThat(view.heldNames()).hasSize(200);
    assertThat(view.holds("c7")).isTrue();
  }

  @Test
  void n1WhatWasRefusedStaysAnExceptionAndKeepsWhatWasHeld() {
    fixture.publish(set(CLUSTER, "a", "1"));
    Snapshot before = fixture.store.snapshot("edge");
    Subscription subscription = new Subscription(true, new SharedNames());
    subscription.change(List.of(), List.of(), name -> name);
    ClientView view = new ClientView(CLUSTER, subscription);
    view.holdsAll(before);
    fixture.publish(set(CLUSTER, "a", "2"));
    Snapshot after = fixture.store.snapshot("edge");
    Resource refused = after.resource(CLUSTER, "a").orElseThrow();
    Offer.Item item = view.offered("a", Optional.of(refused), 0);
    view.undo("a", item);
    view.reject("a", refused.version(), 0);
    view.rebase(after);
    assertThat(view.held("a").orElseThrow().version())
        .isEqualTo(before.resource(CLUSTER, "a").orElseThrow().version());
    assertThat(view.need("a", Optional.of(refused), 0)).isEqualTo(ClientView.Need.NOTHING);
    assertThat(view.exceptions()).isOne();
  }

  @Test
  void n1WaitsLongerAfterEachRefusalOfAName() {
    Subscription subscription = new Subscription(true, new SharedNames());
    subscription.change(List.of("a"), List.of(), name -> name);
    ClientView view = new ClientView(CLUSTER, subscription);
    long second = Duration.ofSeconds(1).toNanos();
    long[] pauses = {1, 2, 4, 8, 16, 32, 60, 60};
    for (int i = 0; i < pauses.length; i++) {
      Resource bad = resource("bad" + i);
      view.offered("a", Optional.of(bad), 0);
      view.reject("a", bad.version(), 0);
      Optional<Resource> better = Optional.of(resource("better" + i));
      long until = pauses[i] * second;
      assertThat(view.need("a", better, until - 1)).isEqualTo(ClientView.Need.LATER);
      assertThat(view.need("a", better, until)).isEqualTo(ClientView.Need.OFFER);
    }
    view.accept("a");
    assertThat(view.need("a", Optional.of(resource("good")), 0)).isEqualTo(ClientView.Need.OFFER);
  }

  private static Resource resource(String tag) {
    return set(ResourceKind.CLUSTER, "a", tag).resource().orElseThrow();
  }
}
