package io.chancery.inspect;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import java.util.Collection;
import java.util.List;
import udpa.annotations.Sensitive;

/**
 * Takes secrets out of messages. Envoy marks the fields that hold them with the option {@code
 * udpa.annotations.sensitive}; what cannot be looked into counts as secret as a whole.
 *
 * <p>Below a sensitive field, strings and bytes become {@value #REDACTED}, and everything else
 * goes.
 */
final class Redactor {
  static final String REDACTED = "[redacted]";
  static final ByteString REDACTED_BYTES = ByteString.copyFromUtf8(REDACTED);

  private final EnvoyTypes types;

  Redactor(EnvoyTypes types) {
    this.types = types;
  }

  /** The same message without secrets, at any depth, and in every {@code Any}. */
  Message redact(Message message) {
    return redact(message, false);
  }

  private Message redact(Message message, boolean secret) {
    if (message.getDescriptorForType().getFullName().equals("google.protobuf.Any")) {
      return redactAny(message, secret);
    }
    Message.Builder copy =
        message.toBuilder().setUnknownFields(UnknownFieldSet.getDefaultInstance());
    message.getAllFields().forEach((field, value) -> redactField(copy, field, value, secret));
    return copy.build();
  }

  private void redactField(
      Message.Builder copy, FieldDescriptor field, Object value, boolean inSecret) {
    boolean secret = inSecret || field.getOptions().getExtension(Sensitive.sensitive);
    if (secret && field.isMapField()) {
      copy.clearField(field); // The keys may be secret, and must stay distinct.
    } else if (field.isRepeated()) {
      copy.clearField(field);
      ((Collection<?>) value).forEach(member -> addMember(copy, field, member, secret));
    } else {
      copy.clearField(field);
      redactValue(field, value, secret).forEach(kept -> copy.setField(field, kept));
    }
  }

  private void addMember(
      Message.Builder copy, FieldDescriptor field, Object member, boolean secret) {
    redactValue(field, member, secret).forEach(kept -> copy.addRepeatedField(field, kept));
  }

  /** What is left of a value; nothing, or the one new value. */
  private List<Object> redactValue(FieldDescriptor field, Object value, boolean secret) {
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      return List.of(redact((Message) value, secret));
    }
    if (!secret) {
      return List.of(value);
    }
    return switch (field.getJavaType()) {
      case STRING -> List.of(REDACTED);
      case BYTE_STRING -> List.of(REDACTED_BYTES);
      case INT, LONG, FLOAT, DOUBLE, BOOLEAN, ENUM, MESSAGE -> List.of();
    };
  }

  /** Returns a message of the same type as the one given, which may be a dynamic one. */
  private Message redactAny(Message message, boolean secret) {
    Any any = asAny(message);
    if (any.equals(Any.getDefaultInstance())) {
      return message;
    }
    Any shown =
        types
            .unpack(any)
            .map(packed -> redact(packed, secret))
            .map(clean -> any.toBuilder().setValue(clean.toByteString()).build())
            .orElseGet(() -> outline(any));
    return as(message, shown);
  }

  /** In place of something that cannot be looked into: its type URL and its size in bytes. */
  private static Any outline(Any any) {
    Struct outline =
        Struct.newBuilder()
            .putFields("type_url", Value.newBuilder().setStringValue(any.getTypeUrl()).build())
            .putFields("size", Value.newBuilder().setNumberValue(any.getValue().size()).build())
            .build();
    return Any.pack(outline);
  }

  private static Any asAny(Message message) {
    try {
      return message instanceof Any any ? any : Any.parseFrom(message.toByteString());
    } catch (InvalidProtocolBufferException cause) {
      throw new IllegalStateException("an Any is not an Any", cause);
    }
  }

  private static Message as(Message type, Any any) {
    try {
      return type instanceof Any
          ? any
          : type.newBuilderForType().mergeFrom(any.toByteString()).build();
    } catch (InvalidProtocolBufferException cause) {
      throw new IllegalStateException("an Any is not an Any", cause);
    }
  }
}
