package io.chancery.xds;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import io.chancery.model.Ref;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One xDS resource, serialised once.
 *
 * @param bytes the message, serialised deterministically
 * @param version content hash of the bytes, and of the time to live
 * @param origins the objects that made it
 * @param timeToLive a client that hears nothing of it for so long drops it; xds.md P16
 */
public record Resource(
    ResourceKind kind,
    String name,
    ByteString bytes,
    Version version,
    Set<Ref> origins,
    Optional<Duration> timeToLive) {

  /** Serialises a message; equal messages give equal bytes. */
  public static Resource of(ResourceKind kind, String name, Message message, Set<Ref> origins) {
    return of(kind, name, serialise(message), origins);
  }

  /** From bytes that {@link #serialise} or a composition of such bytes gave. */
  public static Resource of(ResourceKind kind, String name, ByteString bytes, Set<Ref> origins) {
    return new Resource(kind, name, bytes, Version.of(bytes), origins, Optional.empty());
  }

  /** The same content, which a client drops when it hears nothing of it for so long. */
  public Resource expiringAfter(Duration time) {
    Version both = Version.of(bytes.concat(ByteString.copyFromUtf8(time.toString())));
    return new Resource(kind, name, bytes, both, origins, Optional.of(time));
  }

  /** Canonical bytes: map entries in key order. */
  public static ByteString serialise(Message message) {
    byte[] bytes = new byte[message.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      message.writeTo(out);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause); // An array of the right size cannot fail.
    }
    return com.google.protobuf.UnsafeByteOperations.unsafeWrap(bytes);
  }

  /** The version stands for the bytes, and is compared before the many origins. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Resource that
        && version.equals(that.version)
        && kind.equals(that.kind)
        && name.equals(that.name)
        && origins.equals(that.origins);
  }

  @Override
  public int hashCode() {
    return version.hashCode();
  }

  /** Kind, name and version say it all; the body may be a secret. */
  @Override
  public String toString() {
    return kind + "/" + name + "@" + version;
  }
}
