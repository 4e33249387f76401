package io.chancery.it.abuse;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Frames of HTTP/2 as bytes, right or wrong; RFC 9113, 4.1. */
final class Frames {
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  private static final int END_HEADERS = 4;
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();

  /** What a client begins with: the preface, and settings that change nothing. */
  static Frames begin() {
    Frames frames = new Frames();
    frames.bytes.writeBytes(PREFACE);
    return frames.frame(SETTINGS, 0, 0, new byte[0]);
  }

  Frames frame(int type, int flags, int stream, byte[] payload) {
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeByte(payload.length >> 16);
      out.writeShort(payload.length);
      out.writeByte(type);
      out.writeByte(flags);
      out.writeInt(stream);
      out.write(payload);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    return this;
  }

  /** The headers of a call that is right. */
  Frames open(int stream) {
    DefaultHttp2Headers headers = new DefaultHttp2Headers();
    headers.method("POST").scheme("http").path("/" + RawCall.AGGREGATED).authority("a");
    headers.add("content-type", "application/grpc").add("te", "trailers");
    ByteBuf block = Unpooled.buffer();
    try {
      encoder.encodeHeaders(stream, headers, block);
    } catch (Http2Exception cause) {
      throw new AssertionError(cause);
    }
    byte[] payload = new byte[block.readableBytes()];
    block.readBytes(payload);
    return frame(HEADERS, END_HEADERS, stream, payload);
  }

  Frames reset(int stream) {
    return frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8}); // CANCEL
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
