package io.chancery.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.snapshot.SnapshotStore;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that behaves, with one stream that has to live as long as the test. */
final class Witness implements StreamObserver<DeltaDiscoveryResponse>, AutoCloseable {
  private static final String FLEET = "witness";

  private final SnapshotStore store;
  private final ManagedChannel channel;
  private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
  private final StreamObserver<DeltaDiscoveryRequest> out;
  private int changes;

  Witness(SnapshotStore store, ManagedChannel channel) {
    this.store = store;
    this.channel = channel;
    this.out = AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(this);
    out.onNext(
        request()
            .setNode(Node.newBuilder().setCluster(FLEET).setId("witness-1"))
            .addResourceNamesSubscribe("*")
            .build());
  }

  private static DeltaDiscoveryRequest.Builder request() {
    return DeltaDiscoveryRequest.newBuilder().setTypeUrl(ResourceKind.CLUSTER.typeUrl());
  }

  /** Publishes something new, and gets it. */
  void seesAChange() {
    String tag = Integer.toString(++changes);
    Cluster cluster = Cluster.newBuilder().setName("c").setAltStatName(tag).build();
    Resource resource = Resource.of(ResourceKind.CLUSTER, "c", cluster, Set.of());
    long _ =
        store.publish(
            List.of(
                new ResourceChange(
                    FLEET, ResourceKind.CLUSTER, "c", Optional.of(resource), Set.of())));
    while (!next().contains(resource.version().hex())) {
      // An earlier one.
    }
  }

  private List<String> next() {
    try {
      Object event = arrived.poll(60, TimeUnit.SECONDS);
      assertThat(event).as("an answer").isInstanceOf(DeltaDiscoveryResponse.class);
      DeltaDiscoveryResponse answer = (DeltaDiscoveryResponse) event;
      out.onNext(request().setResponseNonce(answer.getNonce()).build());
      return answer.getResourcesList().stream().map(it -> it.getVersion()).toList();
    } catch (InterruptedException cause) {
      throw new AssertionError(cause);
    }
  }

  @Override
  public void onNext(DeltaDiscoveryResponse answer) {
    arrived.add(answer);
  }

  @Override
  public void onError(Throwable cause) {
    arrived.add(cause);
  }

  @Override
  public void onCompleted() {
    arrived.add("the stream ended");
  }

  @Override
  public void close() {
    var _ = channel.shutdownNow();
  }
}
