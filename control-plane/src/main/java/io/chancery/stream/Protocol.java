package io.chancery.stream;

import com.google.protobuf.Message;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
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
  Answer.Body write(ResourceKind kind, String version, Map<String, Optional<Resource>> items);

  /** The name of the method of the aggregated service. */
  String aggregatedMethod();

  /** The name of the method of a service for one kind. */
  String method(ResourceKind.Service service);

  Q emptyRequest();

  /** A method of a service. */
  default MethodDescriptor<Q, Answer> descriptor(String service, String method) {
    return MethodDescriptor.<Q, Answer>newBuilder()
        .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(service, method))
        .setRequestMarshaller(ProtoUtils.marshaller(emptyRequest()))
        .setResponseMarshaller(Answer.MARSHALLER)
        .build();
  }
}
