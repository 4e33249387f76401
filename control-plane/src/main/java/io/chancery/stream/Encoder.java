package io.chancery.stream;

import com.google.protobuf.Any;
import io.chancery.xds.Resource;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import java.util.Map;
import java.util.Optional;

/** Makes a response from resources that are bytes already. */
final class Encoder {
  private Encoder() {}

  /**
   * Makes the message.
   *
   * @param items by name; empty values are removed
   */
  static DeltaDiscoveryResponse response(
      String typeUrl, long revision, String nonce, Map<String, Optional<Resource>> items) {
    DeltaDiscoveryResponse.Builder response =
        DeltaDiscoveryResponse.newBuilder()
            .setTypeUrl(typeUrl)
            .setNonce(nonce)
            .setSystemVersionInfo(Long.toString(revision)); // For debugging only; xds.md R5.
    items.forEach((name, resource) -> {
      if (resource.isPresent()) {
        response.addResources(framed(typeUrl, resource.get()));
      } else {
        response.addRemovedResources(name);
      }
    });
    return response.build();
  }

  private static io.envoyproxy.envoy.service.discovery.v3.Resource framed(
      String typeUrl, Resource resource) {
    return io.envoyproxy.envoy.service.discovery.v3.Resource.newBuilder()
        .setName(resource.name())
        .setVersion(resource.version().hex())
        .setResource(Any.newBuilder().setTypeUrl(typeUrl).setValue(resource.bytes()))
        .build();
  }
}
