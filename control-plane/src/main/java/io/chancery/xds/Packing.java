package io.chancery.xds;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;

/**
 * Packs messages into others without losing determinism, and composes a message from parts that are
 * already bytes.
 */
public final class Packing {
  private Packing() {}

  /** Like {@link Any#pack}, with canonical bytes. */
  public static Any any(Message message) {
    return Any.newBuilder()
        .setTypeUrl(typeUrl(message))
        .setValue(Resource.serialise(message))
        .build();
  }

  /** The type URL that an {@code Any} of this message has. */
  public static String typeUrl(Message message) {
    return "type.googleapis.com/" + message.getDescriptorForType().getFullName();
  }

  /**
   * The bytes of a message and, after them, members of one of its repeated message fields. By the
   * protobuf encoding this is the message with the members added.
   */
  public static ByteString append(ByteString message, int field, Collection<ByteString> members) {
    byte[] bytes = new byte[message.size() + sizeOf(field, members)];
    message.copyTo(bytes, 0);
    CodedOutputStream coded =
        CodedOutputStream.newInstance(bytes, message.size(), bytes.length - message.size());
    try {
      for (ByteString member : members) {
        coded.writeBytes(field, member);
      }
    } catch (IOException cause) {
      throw new UncheckedIOException(cause); // An array of the right size cannot fail.
    }
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  /**
   * One entry of a {@code map<string, Message>}: a message with the key in field 1 and the value in
   * field 2.
   */
  public static ByteString mapEntry(String key, ByteString value) {
    return append(
        append(ByteString.EMPTY, 1, List.of(ByteString.copyFromUtf8(key))), 2, List.of(value));
  }

  private static int sizeOf(int field, Collection<ByteString> members) {
    return members.stream()
        .mapToInt(member -> CodedOutputStream.computeBytesSize(field, member))
        .sum();
  }
}
