package io.chancery.bench.fleet;

import com.google.rpc.Status;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import java.util.Collection;
import java.util.Map;

/** Requests of the incremental form. */
final class Requests {
  static final String FLEET = "bench";
  private static final int INVALID_ARGUMENT = 3;

  private Requests() {}

  /**
   * Who asks: goes in front of each request. Messages one after the other are one message, by
   * protobuf's encoding; so nodes share the rest.
   */
  static byte[] node(String id) {
    return DeltaDiscoveryRequest.newBuilder()
        .setNode(Node.newBuilder().setId(id).setCluster(FLEET))
        .build()
        .toByteArray();
  }

  static byte[] joined(byte[] node, byte[] request) {
    byte[] whole = new byte[node.length + request.length];
    System.arraycopy(node, 0, whole, 0, node.length);
    System.arraycopy(request, 0, whole, node.length, request.length);
    return whole;
  }

  /**
   * Asks for more.
   *
   * @param names none, in the first request of a kind: all resources
   * @param held what is held, by name, with its version; in the first request of a kind only
   */
  static byte[] subscribe(ResourceKind kind, Collection<String> names, Map<String, String> held) {
    return DeltaDiscoveryRequest.newBuilder()
        .setTypeUrl(kind.typeUrl())
        .addAllResourceNamesSubscribe(names)
        .putAllInitialResourceVersions(held)
        .build()
        .toByteArray();
  }

  static byte[] noMore(ResourceKind kind, Collection<String> names) {
    return DeltaDiscoveryRequest.newBuilder()
        .setTypeUrl(kind.typeUrl())
        .addAllResourceNamesUnsubscribe(names)
        .build()
        .toByteArray();
  }

  static byte[] ack(ResourceKind kind, String nonce) {
    return DeltaDiscoveryRequest.newBuilder()
        .setTypeUrl(kind.typeUrl())
        .setResponseNonce(nonce)
        .build()
        .toByteArray();
  }

  /** Refuses a response, as Envoy does: the text names the resource. */
  static byte[] nack(ResourceKind kind, String nonce, String name) {
    return DeltaDiscoveryRequest.newBuilder()
        .setTypeUrl(kind.typeUrl())
        .setResponseNonce(nonce)
        .setErrorDetail(
            Status.newBuilder()
                .setCode(INVALID_ARGUMENT)
                .setMessage("Error adding/updating " + name + ": refused by the simulator"))
        .build()
        .toByteArray();
  }
}
