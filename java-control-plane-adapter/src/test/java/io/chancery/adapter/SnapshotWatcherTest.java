package io.chancery.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Status;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server of java-control-plane on compiled snapshots, asked by clients of both forms. */
class SnapshotWatcherTest {
  private static final Node NODE = Node.newBuilder().setId("n").setCluster("default").build();
  private static final Status REFUSED = Status.newBuilder().setMessage("no").build();
  private static final String ORDERS = "Service/shop/orders/8080";
  private static final String STOCK = "Service/shop/stock/8080";

  @TempDir private Path directory;
  private Embedded embedded;

  @BeforeEach
  void start() throws IOException {
    embedded = new Embedded(directory, 8080);
    embedded.service("orders", 9000);
    embedded.publish();
  }

  @AfterEach
  void stop() {
    embedded.close();
  }

  private Line<DiscoveryRequest, DiscoveryResponse> world() {
    return new Line<>(
        embedded.port(),
        (channel, observer) ->
            AggregatedDiscoveryServiceGrpc.newStub(channel).streamAggregatedResources(observer));
  }

  private Line<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta() {
    return new Line<>(
        embedded.port(),
        (channel, observer) ->
            AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(observer));
  }

  private static DiscoveryRequest.Builder ask(ResourceKind kind) {
    return DiscoveryRequest.newBuilder().setNode(NODE).setTypeUrl(kind.typeUrl());
  }

  private static DiscoveryRequest ack(DiscoveryResponse response, String... names) {
    return DiscoveryRequest.newBuilder()
        .setNode(NODE)
        .setTypeUrl(response.getTypeUrl())
        .setVersionInfo(response.getVersionInfo())
        .setResponseNonce(response.getNonce())
        .addAllResourceNames(List.of(names))
        .build();
  }

  private static DeltaDiscoveryRequest.Builder askDelta(ResourceKind kind) {
    return DeltaDiscoveryRequest.newBuilder().setNode(NODE).setTypeUrl(kind.typeUrl());
  }

  private static DeltaDiscoveryRequest.Builder answer(DeltaDiscoveryResponse response) {
    return DeltaDiscoveryRequest.newBuilder()
        .setNode(NODE)
        .setTypeUrl(response.getTypeUrl())
        .setResponseNonce(response.getNonce());
  }

  private void awaitOpenWatches(int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> embedded.watcher.openWatches() == count);
  }

  @Test
  void aClientOfTheWholeWorldGetsWhatIsCompiledAndFollowsIt() throws Exception {
    try (Line<DiscoveryRequest, DiscoveryResponse> line = world()) {
      line.send(ask(ResourceKind.CLUSTER).build());
      DiscoveryResponse first = line.next();
      assertThat(first.getResourcesList()).hasSize(1);
      line.send(ack(first));
      awaitOpenWatches(1);

      embedded.service("stock", 9001);
      embedded.publish();
      DiscoveryResponse more = line.next();
      assertThat(more.getResourcesList()).hasSize(2);
      assertThat(more.getVersionInfo()).isNotEqualTo(first.getVersionInfo());
      line.send(ack(more));
      awaitOpenWatches(1);

      embedded.noService("stock");
      embedded.publish();
      DiscoveryResponse fewer = line.next();
      assertThat(fewer.getResourcesList()).isEqualTo(first.getResourcesList());
      assertThat(fewer.getVersionInfo()).isEqualTo(first.getVersionInfo());
    }
  }

  @Test
  void anIncrementalClientGetsWhatIsCompiledAndFollowsIt() throws Exception {
    try (Line<DeltaDiscoveryRequest, DeltaDiscoveryResponse> line = delta()) {
      line.send(askDelta(ResourceKind.CLUSTER).build());
      DeltaDiscoveryResponse first = line.next();
      assertThat(first.getResourcesList()).extracting(Resource::getName).containsExactly(ORDERS);
      line.send(answer(first).build());
      awaitOpenWatches(1);

      embedded.service("stock", 9001);
      embedded.publish();
      DeltaDiscoveryResponse more = line.next();
      assertThat(more.getResourcesList()).extracting(Resource::getName).containsExactly(STOCK);
      line.send(answer(more).build());
      awaitOpenWatches(1);

      embedded.noService("stock");
      embedded.publish();
      DeltaDiscoveryResponse fewer = line.next();
      assertThat(fewer.getResourcesList()).isEmpty();
      assertThat(fewer.getRemovedResourcesList()).containsExactly(STOCK);
    }
  }

  @Test
  void aClientGetsWhatItNames() throws Exception {
    embedded.service("stock", 9001);
    embedded.publish();
    try (Line<DiscoveryRequest, DiscoveryResponse> world = world();
        Line<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta = delta()) {
      world.send(ask(ResourceKind.ENDPOINTS).addResourceNames(STOCK).build());
      assertThat(world.next().getResourcesList()).hasSize(1);
      delta.send(askDelta(ResourceKind.ENDPOINTS).addResourceNamesSubscribe(STOCK).build());
      assertThat(delta.next().getResourcesList()).hasSize(1);
    }
  }

  /** The server would answer a refusal with the same at once, and again. */
  @Test
  void whatIsRefusedIsNotSentAgain() throws Exception {
    try (Line<DiscoveryRequest, DiscoveryResponse> world = world();
        Line<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta = delta()) {
      world.send(ask(ResourceKind.CLUSTER).build());
      delta.send(askDelta(ResourceKind.CLUSTER).build());
      DiscoveryResponse first = world.next();
      world.send(
          ask(ResourceKind.CLUSTER)
              .setResponseNonce(first.getNonce())
              .setErrorDetail(REFUSED)
              .build());
      delta.send(answer(delta.next()).setErrorDetail(REFUSED).build());
      awaitOpenWatches(2);
      world.assertSilent();
      delta.assertSilent();

      embedded.service("stock", 9001);
      embedded.publish();
      assertThat(world.next().getResourcesList()).hasSize(2);
      assertThat(delta.next().getResourcesList()).hasSize(2);
    }
  }

  /** The server knows no ECDS. */
  @Test
  void listenersHoldTheConfigurationOfTheirFilters() throws Exception {
    try (Line<DiscoveryRequest, DiscoveryResponse> line = world()) {
      line.send(ask(ResourceKind.LISTENER).build());
      Listener listener = line.next().getResources(0).unpack(Listener.class);
      HttpConnectionManager manager =
          listener
              .getFilterChains(0)
              .getFiltersList()
              .getLast()
              .getTypedConfig()
              .unpack(HttpConnectionManager.class);
      assertThat(manager.getHttpFiltersList()).isNotEmpty().allMatch(HttpFilter::hasTypedConfig);
    }
  }

  /** An Envoy asks for types of which the server would fail to answer. */
  @Test
  void anotherTypeIsNotAnsweredAndDoesNoHarm() throws Exception {
    try (Line<DiscoveryRequest, DiscoveryResponse> line = world()) {
      line.send(ask(ResourceKind.RUNTIME).addResourceNames("fleet").build());
      line.send(ask(ResourceKind.CLUSTER).build());
      assertThat(line.next().getTypeUrl()).isEqualTo(ResourceKind.CLUSTER.typeUrl());
      line.assertSilent();
    }
  }

  @Test
  void aStreamThatEndsTakesItsWatchesWithIt() throws Exception {
    try (Line<DiscoveryRequest, DiscoveryResponse> line = world()) {
      line.send(ask(ResourceKind.CLUSTER).build());
      line.send(ack(line.next()));
      awaitOpenWatches(1);
    }
    awaitOpenWatches(0);
  }

  @Test
  void aClosedWatcherSaysNothing() throws Exception {
    try (Line<DiscoveryRequest, DiscoveryResponse> line = world()) {
      line.send(ask(ResourceKind.CLUSTER).build());
      line.send(ack(line.next()));
      awaitOpenWatches(1);
      embedded.watcher.close();
      assertThat(embedded.watcher.openWatches()).isZero();
      embedded.service("stock", 9001);
      embedded.publish(); // Answers on this thread, if it does.
      line.assertSilent();
    }
  }
}
