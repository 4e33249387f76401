package io.chancery.stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * A response as it goes over the wire: a body that many streams share, and the nonce of one of
 * them; xds.md S6.
 */
record Answer(Body body, String nonce) {
  /** The number of the field {@code nonce}, in both forms of the response. */
  private static final int NONCE_FIELD = 5;

  static final MethodDescriptor.Marshaller<Answer> MARSHALLER = new AnswerMarshaller();

  /**
   * A response without its nonce.
   *
   * @param bytes the message
   * @param resources how many resources it has
   * @param removed how many names it removes
   */
  record Body(ByteString bytes, int resources, int removed) {}

  int size() {
    return body.bytes().size() + CodedOutputStream.computeStringSize(NONCE_FIELD, nonce);
  }

  private ByteString nonceField() {
    byte[] bytes = new byte[CodedOutputStream.computeStringSize(NONCE_FIELD, nonce)];
    try {
      CodedOutputStream.newInstance(bytes).writeString(NONCE_FIELD, nonce);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause); // An array of the right size cannot fail.
    }
    return ByteString.copyFrom(bytes);
  }

  private static final class AnswerMarshaller implements MethodDescriptor.Marshaller<Answer> {
    @Override
    public InputStream stream(Answer answer) {
      return new AnswerStream(answer.body.bytes(), answer.nonceField());
    }

    @Override
    public Answer parse(InputStream stream) {
      throw new UnsupportedOperationException("a server sends responses and reads none");
    }
  }

  /**
   * Hands the shared bytes on as they are: by protobuf's encoding, a field may follow anything.
   * gRPC drains it, which copies the bytes once and needs no memory of its own.
   */
  private static final class AnswerStream extends FilterInputStream
      implements KnownLength, Drainable {
    private final ByteString whole;

    AnswerStream(ByteString body, ByteString nonce) {
      ByteString both = body.concat(nonce);
      super(both.newInput());
      whole = both;
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      whole.writeTo(target);
      skipNBytes(whole.size());
      return whole.size();
    }
  }
}
