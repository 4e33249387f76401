package io.chancery.bench.fleet;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Reads responses of the incremental form without building messages of them. */
final class ResponseReader {
  // Numbers of fields of DeltaDiscoveryResponse, of its Resource, and of Any.
  private static final int RESOURCES = 2;
  private static final int TYPE_URL = 4;
  private static final int NONCE = 5;
  private static final int REMOVED = 6;
  private static final int VERSION = 1;
  private static final int BODY = 2;
  private static final int NAME = 3;
  private static final int VALUE = 2;

  private ResponseReader() {}

  /** What a response says of itself. */
  record Head(String typeUrl, String nonce) {}

  /** What is in a response, in its order. */
  interface Visitor {
    void resource(String name, String version, ByteBuffer any);

    void removed(String name);
  }

  static Head head(byte[] response) {
    String typeUrl = "";
    String nonce = "";
    CodedInputStream in = CodedInputStream.newInstance(response);
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case TYPE_URL -> typeUrl = in.readString();
          case NONCE -> nonce = in.readString();
          default -> skip(in, tag);
        }
      }
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    return new Head(typeUrl, nonce);
  }

  static void visit(byte[] response, Visitor visitor) {
    CodedInputStream in = CodedInputStream.newInstance(response);
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case RESOURCES -> visitResource(response, in, visitor);
          case REMOVED -> visitor.removed(in.readString());
          default -> skip(in, tag);
        }
      }
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  private static void visitResource(byte[] response, CodedInputStream in, Visitor visitor)
      throws IOException {
    int limit = in.pushLimit(in.readRawVarint32());
    String name = "";
    String version = "";
    ByteBuffer any = ByteBuffer.allocate(0);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case VERSION -> version = in.readString();
        case NAME -> name = in.readString();
        case BODY -> {
          int length = in.readRawVarint32();
          any = ByteBuffer.wrap(response, in.getTotalBytesRead(), length);
          in.skipRawBytes(length);
        }
        default -> skip(in, tag);
      }
    }
    in.popLimit(limit);
    visitor.resource(name, version, any);
  }

  /** The message in an {@code Any}, as bytes. */
  static byte[] value(ByteBuffer any) {
    CodedInputStream in = CodedInputStream.newInstance(any);
    byte[] value = new byte[0];
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (WireFormat.getTagFieldNumber(tag) == VALUE) {
          value = in.readByteArray();
        } else {
          skip(in, tag);
        }
      }
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    return value;
  }

  private static void skip(CodedInputStream in, int tag) throws IOException {
    if (!in.skipField(tag)) {
      throw new IOException("unexpected end of a group");
    }
  }
}
