package io.chancery.it.xds;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import java.util.List;

/**
 * One response, of either protocol.
 *
 * @param version SotW: {@code version_info}; delta: {@code system_version_info}
 * @param resources in the order of the response
 * @param removed delta only
 * @param errors how many {@code resource_errors} there are
 */
record Answer(
    String typeUrl,
    String nonce,
    String version,
    List<Item> resources,
    List<String> removed,
    int errors) {

  /**
   * One resource.
   *
   * @param version SotW: that of the whole response
   * @param body empty: a heartbeat
   * @param ttl whether it is to expire
   */
  record Item(String name, String version, ByteString body, boolean ttl) {

    /** Whether it only says that the resource is still there. */
    boolean heartbeat() {
      return ttl && body.isEmpty();
    }
  }

  static Answer of(DeltaDiscoveryResponse response) {
    return new Answer(
        response.getTypeUrl(),
        response.getNonce(),
        response.getSystemVersionInfo(),
        response.getResourcesList().stream().map(Answer::wrapped).toList(),
        List.copyOf(response.getRemovedResourcesList()),
        response.getResourceErrorsCount());
  }

  static Answer of(DiscoveryResponse response) {
    String version = response.getVersionInfo();
    return new Answer(
        response.getTypeUrl(),
        response.getNonce(),
        version,
        response.getResourcesList().stream()
            .map(body -> item(response.getTypeUrl(), version, body))
            .toList(),
        List.of(),
        response.getResourceErrorsCount());
  }

  private static Item wrapped(Resource resource) {
    return new Item(
        resource.getName(),
        resource.getVersion(),
        resource.getResource().getValue(),
        resource.hasTtl());
  }

  /** SotW wraps a resource only where it has to say more of it than the body does. */
  private static Item item(String typeUrl, String version, Any body) {
    try {
      if (body.is(Resource.class)) {
        return wrapped(body.unpack(Resource.class));
      }
      XdsType type = XdsType.of(typeUrl).orElseThrow();
      return new Item(type.name(body.getValue()), version, body.getValue(), false);
    } catch (InvalidProtocolBufferException cause) {
      throw new AssertionError(typeUrl + " cannot be read", cause);
    }
  }

  List<String> names() {
    return resources.stream().map(Item::name).toList();
  }

  /** Whether it brings this content of a resource. */
  boolean brings(String name, Message message) {
    return resources.stream()
        .anyMatch(it -> it.name().equals(name) && it.body().equals(message.toByteString()));
  }
}
