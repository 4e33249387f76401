package io.chancery.stream;

import io.grpc.HandlerRegistry;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Every method that is not served. So who a client is comes first there, too, and a stranger cannot
 * learn what there is; xds.md P19.
 */
final class AnyMethod extends HandlerRegistry {
  private final ServerCallHandler<byte[], byte[]> handler;

  /**
   * @param handler ends each call
   */
  AnyMethod(ServerCallHandler<byte[], byte[]> handler) {
    this.handler = handler;
  }

  @Override
  public ServerMethodDefinition<byte[], byte[]> lookupMethod(
      String method, @Nullable String authority) {
    MethodDescriptor<byte[], byte[]> descriptor =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNKNOWN)
            .setFullMethodName(method)
            .setRequestMarshaller(Unread.INSTANCE)
            .setResponseMarshaller(Unread.INSTANCE)
            .build();
    return ServerMethodDefinition.create(descriptor, handler);
  }

  /** Of a call that is not served, nothing is read. */
  private enum Unread implements MethodDescriptor.Marshaller<byte[]> {
    INSTANCE;

    @Override
    public InputStream stream(byte[] bytes) {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public byte[] parse(InputStream stream) {
      return new byte[0];
    }
  }
}
