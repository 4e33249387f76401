package io.chancery.bench.fleet;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Messages as the bytes that they are: the simulator decodes only what it looks at. */
final class RawBytes implements MethodDescriptor.Marshaller<byte[]> {
  private static final String METHOD =
      "envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources";

  /** The aggregated service in the incremental form. */
  static final MethodDescriptor<byte[], byte[]> DELTA =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
          .setFullMethodName(METHOD)
          .setRequestMarshaller(new RawBytes())
          .setResponseMarshaller(new RawBytes())
          .build();

  @Override
  public InputStream stream(byte[] bytes) {
    return new Sized(bytes);
  }

  @Override
  public byte[] parse(InputStream stream) {
    try {
      byte[] bytes = new byte[stream.available()]; // gRPC's streams know their length.
      int read = stream.readNBytes(bytes, 0, bytes.length);
      if (read != bytes.length || stream.read() != -1) {
        throw new IllegalStateException("a message of another length than gRPC said");
      }
      return bytes;
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  private static final class Sized extends ByteArrayInputStream implements KnownLength, Drainable {
    Sized(byte[] bytes) {
      super(bytes);
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      return Math.toIntExact(transferTo(target));
    }
  }
}
