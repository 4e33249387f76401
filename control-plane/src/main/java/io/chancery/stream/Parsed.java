package io.chancery.stream;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import java.io.InputStream;
import java.util.Optional;

/**
 * What a client sent: a request, or bytes that are none. gRPC takes an exception here for a bug of
 * ours and logs it, once for each message; so what cannot be read is a value.
 *
 * @param message empty: the bytes are no message
 * @param <Q> the request
 */
record Parsed<Q extends Message>(Optional<Q> message) {

  /**
   * The request.
   *
   * @throws IllegalArgumentException with the reason for the client, if there is none
   */
  Q orRefuse() {
    return message.orElseThrow(
        () -> new IllegalArgumentException("the request is no message of this method"));
  }

  static <Q extends Message> MethodDescriptor.Marshaller<Parsed<Q>> marshaller(Q empty) {
    MethodDescriptor.Marshaller<Q> strict = ProtoUtils.marshaller(empty);
    return new MethodDescriptor.Marshaller<>() {
      @Override
      public Parsed<Q> parse(InputStream bytes) {
        try {
          return new Parsed<>(Optional.of(strict.parse(bytes)));
        } catch (StatusRuntimeException cause) {
          return new Parsed<>(Optional.empty());
        }
      }

      @Override
      public InputStream stream(Parsed<Q> request) {
        throw new UnsupportedOperationException("a server reads requests and sends none");
      }
    };
  }
}
