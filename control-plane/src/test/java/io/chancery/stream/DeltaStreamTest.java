package io.chancery.stream;

import static io.chancery.stream.Conversation.names;
import static io.chancery.stream.Fixture.gone;
import static io.chancery.stream.Fixture.set;
import static io.chancery.stream.Fixture.version;
import static io.chancery.xds.ResourceKind.CLUSTER;
import static io.chancery.xds.ResourceKind.ENDPOINTS;
import static io.chancery.xds.ResourceKind.LISTENER;
import static io.chancery.xds.ResourceKind.RATE_LIMITS;
import static io.chancery.xds.ResourceKind.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One method for each rule of the protocol; the names begin with the rule's id. */
class DeltaStreamTest {
  private static final ResourceChange A = set(CLUSTER, "a", "1");
  private static final ResourceChange B = set(CLUSTER, "b", "1");

  private final Fixture fixture = new Fixture();
  private final Conversation client = fixture.connect();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void p2KeepsTheNodeOfTheFirstMessage() {
    client.subscribe(CLUSTER).accept(CLUSTER);
    fixture.publish(A);
    assertThat(names(client.next(CLUSTER))).containsExactly("a");
    assertThat(fixture.nodes.nodes("edge")).singleElement().matches(n -> n.id().equals("node-1"));
  }

  @Test
  void p2RefusesAStreamWithoutNodeOrType() {
    client.sendAsIs(Conversation.request(CLUSTER));
    assertThat(client.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(client.end().getDescription()).contains("node.cluster");

    Conversation typeless = fixture.connect().send(DeltaDiscoveryRequest.newBuilder());
    assertThat(typeless.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(typeless.end().getDescription()).contains("type_url");

    Conversation nameless = fixture.connect();
    nameless.sendAsIs(Conversation.request(CLUSTER).setNode(Node.newBuilder().setCluster("edge")));
    assertThat(nameless.end().getDescription()).contains("node.id");
  }

  @Test
  void p3AStaleNonceAcknowledgesNothingButSubscribes() {
    DeltaDiscoveryResponse first = client.subscribe(ENDPOINTS, "x").next(ENDPOINTS);
    fixture.publish(set(ENDPOINTS, "x", "1"), set(ENDPOINTS, "y", "1"));
    client.send(
        Conversation.request(ENDPOINTS).setResponseNonce("foreign").addResourceNamesSubscribe("y"));
    client.nothingMore(); // The first response is not acknowledged yet.
    client.ack(first);
    DeltaDiscoveryResponse second = client.next(ENDPOINTS);
    assertThat(names(second)).containsExactlyInAnyOrder("x", "y");
    assertThat(second.getNonce()).isNotEqualTo(first.getNonce());
    client.ack(first).ack(second).ack(second).nothingMore();
  }

  @Test
  void p4ARefusalIsKnownByItsErrorDetail() {
    fixture.publish(A);
    DeltaDiscoveryResponse response = client.subscribe(CLUSTER).next(CLUSTER);
    client.nack(response, "no").nothingMore();
    assertThat(fixture.nodes.nodes().getFirst().kind(CLUSTER).orElseThrow().rejected())
        .containsOnlyKeys("a");
    assertThat(fixture.counts.nacks).hasValue(1);
  }

  @Test
  void p5AnAcknowledgementIsNotAnswered() {
    fixture.publish(A);
    client.subscribe(CLUSTER).accept(CLUSTER);
    client.nothingMore();
    fixture.publish(A);
    client.nothingMore();
  }

  @Test
  void p6AnswersANameThatIsSubscribedAgain() {
    fixture.publish(A, B);
    client.subscribe(CLUSTER).accept(CLUSTER);
    client.subscribe(CLUSTER, "a");
    assertThat(names(client.accept(CLUSTER))).containsExactly("a");
    client.nothingMore();
  }

  @Test
  void p7ALegacyWildcardStaysUntilItIsUnsubscribed() {
    fixture.publish(A, B);
    client.subscribe(CLUSTER).accept(CLUSTER);
    client.subscribe(CLUSTER, "a").accept(CLUSTER);
    client.unsubscribe(CLUSTER, "*").nothingMore();
    fixture.publish(set(CLUSTER, "a", "2"), set(CLUSTER, "b", "2"));
    assertThat(names(client.accept(CLUSTER))).containsExactly("a");
    client.unsubscribe(CLUSTER, "a").nothingMore();
    fixture.publish(set(CLUSTER, "a", "3"), set(CLUSTER, "b", "3"));
    client.nothingMore();
  }

  @Test
  void p7ANamedClusterIsNotAWildcardAndAStarIs() {
    fixture.publish(A, B, set(ENDPOINTS, "x", "1"), set(SECRET, "s", "1"));
    assertThat(names(client.subscribe(CLUSTER, "a").accept(CLUSTER))).containsExactly("a");
    assertThat(names(client.subscribe(CLUSTER, "*").accept(CLUSTER))).containsExactly("b");
    assertThat(names(client.subscribe(ENDPOINTS, "*").accept(ENDPOINTS))).containsExactly("x");
    client.subscribe(SECRET).subscribe(SECRET, "*").nothingMore(); // Secrets have no wildcard.
  }

  @Test
  void p9ANameIsOnceInAResponse() {
    fixture.publish(A);
    client.subscribe(CLUSTER, "*", "a", "a");
    assertThat(names(client.accept(CLUSTER))).containsExactly("a");
    client.nothingMore();
  }

  @Test
  void p10RemovesAndIsSilentWhenUnsubscribed() {
    fixture.publish(A, B);
    client.subscribe(CLUSTER, "a", "b").accept(CLUSTER);
    client.unsubscribe(CLUSTER, "b").unsubscribe(CLUSTER, "phantom").nothingMore();
    fixture.publish(gone(CLUSTER, "a"), gone(CLUSTER, "b"));
    assertThat(client.accept(CLUSTER).getRemovedResourcesList()).containsExactly("a");
  }

  @Test
  void p10AnswersAnUnsubscribedNameThatTheWildcardCovers() {
    fixture.publish(A);
    client.subscribe(CLUSTER, "*", "a", "b").accept(CLUSTER);
    client.unsubscribe(CLUSTER, "a");
    assertThat(names(client.accept(CLUSTER))).containsExactly("a");
    client.unsubscribe(CLUSTER, "b");
    assertThat(client.accept(CLUSTER).getRemovedResourcesList()).containsExactly("b");
    client.unsubscribe(CLUSTER, "phantom").nothingMore();
  }

  @Test
  void p11AMissingNameIsSentWhenItIsBorn() {
    client.subscribe(ENDPOINTS, "x");
    assertThat(client.accept(ENDPOINTS).getRemovedResourcesList()).containsExactly("x");
    client.nothingMore();
    for (int round = 0; round < 2; round++) {
      fixture.publish(set(ENDPOINTS, "x", "1"));
      assertThat(names(client.accept(ENDPOINTS))).containsExactly("x");
      fixture.publish(gone(ENDPOINTS, "x"));
      assertThat(client.accept(ENDPOINTS).getRemovedResourcesList()).containsExactly("x");
    }
  }

  @Test
  void p12ComparesWhatTheClientHolds() {
    fixture.publish(A, B, set(CLUSTER, "new", "1"));
    client.resume(CLUSTER, Map.of("a", version(A), "b", "other", "vanished", "1"));
    assertThat(names(client.accept(CLUSTER))).containsExactlyInAnyOrder("b", "new");
    assertThat(client.accept(CLUSTER).getRemovedResourcesList()).containsExactly("vanished");
    client.nothingMore();
  }

  @Test
  void p12AReconnectWithEqualVersionsGetsNothing() {
    ResourceChange endpoints = set(ENDPOINTS, "x", "1");
    long revision = fixture.publish(A, B, endpoints);
    client.resume(CLUSTER, Map.of("a", version(A), "b", version(B)));
    client.resume(ENDPOINTS, Map.of("x", version(endpoints)), "x");
    client.nothingMore();
    assertThat(fixture.nodes.nodes().getFirst().kinds().values())
        .allMatch(kind -> kind.acked() == revision);
  }

  @Test
  void p13AnswersTheFirstWildcardEvenIfThereIsNothing() {
    for (ResourceKind kind : List.of(CLUSTER, ENDPOINTS, LISTENER)) {
      DeltaDiscoveryResponse empty = client.subscribe(kind).accept(kind);
      assertThat(empty.getResourcesCount() + empty.getRemovedResourcesCount()).isZero();
    }
    String unknown = "type.googleapis.com/envoy.Unknown";
    client.send(DeltaDiscoveryRequest.newBuilder().setTypeUrl(unknown));
    client.ack(client.next(unknown)).nothingMore();
  }

  @Test
  void p14SendsTheEndpointsOfAChangedClusterAgain() {
    fixture.publish(set(CLUSTER, "x", Fixture.edsCluster("x", "1")), set(ENDPOINTS, "x", "1"));
    client.subscribe(CLUSTER).accept(CLUSTER);
    client.subscribe(ENDPOINTS, "x").accept(ENDPOINTS);
    client.nothingMore();
    fixture.publish(set(CLUSTER, "x", Fixture.edsCluster("x", "2")));
    client.accept(CLUSTER);
    assertThat(names(client.accept(ENDPOINTS))).containsExactly("x");
    client.nothingMore();
  }

  @Test
  void p18SaysWhatIsMissingToAClientThatUnderstandsIt() {
    fixture.publish(A);
    client.sendAsIs(
        Conversation.request(CLUSTER)
            .setNode(understanding("chancery.supports-resource-errors"))
            .addAllResourceNamesSubscribe(List.of("a", "missing")));
    DeltaDiscoveryResponse response = client.accept(CLUSTER);
    assertThat(response.getRemovedResourcesList()).containsExactly("missing");
    assertThat(response.getResourceErrorsList())
        .singleElement()
        .satisfies(error -> {
          assertThat(error.getResourceName().getName()).isEqualTo("missing");
          assertThat(error.getErrorDetail().getCode()).isEqualTo(Code.NOT_FOUND_VALUE);
        });
    fixture.publish(set(CLUSTER, "missing", "1"));
    assertThat(client.accept(CLUSTER).getResourceErrorsList()).isEmpty();
  }

  private static Node understanding(String feature) {
    return Node.newBuilder().setCluster("edge").setId("node-1").addClientFeatures(feature).build();
  }

  /** Its message is not in Envoy's API: any other stands for it, since nobody looks into it. */
  @Test
  void t1ServesWhatTheRateLimitServiceReads() {
    client.subscribe(RATE_LIMITS).accept(RATE_LIMITS);
    HeaderValue limits = HeaderValue.newBuilder().setKey("a").setValue("domain").build();
    fixture.publish(set(RATE_LIMITS, "a", limits));
    DeltaDiscoveryResponse response = client.accept(RATE_LIMITS);
    assertThat(names(response)).containsExactly("a");
    assertThat(response.getResources(0).getResource().getTypeUrl())
        .isEqualTo("type.googleapis.com/ratelimit.config.ratelimit.v3.RateLimitConfig");
  }
}
