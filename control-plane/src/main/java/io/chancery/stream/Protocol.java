package io.chancery.stream;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.service.discovery.v3.ResourceError;
import io.grpc.MethodDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A form of the protocol: how its requests are read and its responses are written. What is sent,
 * and when, does not depend on it; xds.md P1.
 *
 * @param <Q> its request
 */
sealed interface Protocol<Q extends Message> permits DeltaProtocol, SotwProtocol {

  /** How a response says that a resource is gone or absent. */
  enum Form {
    /** By name. */
    DELTA,
    /** Not at all: whoever refers to it will not any more. */
    PARTIAL,
    /** It has all that is subscribed, and not this. */
    COMPLETE
  }

  /** The form of responses for a kind. */
  Form form(ResourceKind kind);

  /** What a request says. */
  Request read(Q request);

  /**
   * Writes a response without its nonce.
   *
   * @param version of the state that the client has with it; for debugging in the delta form
   * @param items by name; empty values are removed
   */
  Answer.Body write(
      ResourceKind kind,
      String version,
      Map<String, Optional<Resource>> items,
      ClientFeatures features);

  /** Writes a response that only says that these are still there; xds.md P16. */
  Answer.Body heartbeat(ResourceKind kind, String version, List<Resource> resources);

  /** What the names of its methods begin with. */
  String prefix();

  Q emptyRequest();

  /** Envoy's words in a request that refuses a response. */
  static Optional<String> refusal(boolean refuses, Status error) {
    return refuses ? Optional.of(error.getMessage()) : Optional.empty();
  }

  /** A resource with all that is said of it. */
  static io.envoyproxy.envoy.service.discovery.v3.Resource.Builder framed(Resource resource) {
    io.envoyproxy.envoy.service.discovery.v3.Resource.Builder framed =
        io.envoyproxy.envoy.service.discovery.v3.Resource.newBuilder()
            .setName(resource.name())
            .setVersion(resource.version().hex());
    resource.timeToLive().ifPresent(time -> framed.setTtl(Durations.fromNanos(time.toNanos())));
    return framed;
  }

  static Any body(Resource resource) {
    return Any.newBuilder()
        .setTypeUrl(resource.kind().typeUrl())
        .setValue(resource.bytes())
        .build();
  }

  /** There is no resource of this name. */
  static ResourceError missing(String name) {
    ResourceError.Builder error = ResourceError.newBuilder();
    error.getResourceNameBuilder().setName(name);
    error.getErrorDetailBuilder().setCode(Code.NOT_FOUND_VALUE).setMessage("there is no " + name);
    return error.build();
  }

  /** The method of a service for such resources, as in {@code StreamClusters}. */
  default MethodDescriptor<Parsed<Q>, Answer> descriptor(String service, String resources) {
    return MethodDescriptor.<Parsed<Q>, Answer>newBuilder()
        .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(service, prefix() + resources))
        .setRequestMarshaller(Parsed.marshaller(emptyRequest()))
        .setResponseMarshaller(Answer.MARSHALLER)
        .build();
  }
}
