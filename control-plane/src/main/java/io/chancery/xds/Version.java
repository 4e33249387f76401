package io.chancery.xds;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;

/**
 * The content version of a resource: the first 128 bits of the SHA-256 of its bytes, in hex. Equal
 * content has an equal version on every replica and after every restart.
 */
public record Version(String hex) {

  /** The version of these bytes. */
  public static Version of(ByteString bytes) {
    return new Version(Hashing.sha256().hashBytes(bytes.toByteArray()).toString().substring(0, 32));
  }

  @Override
  public String toString() {
    return hex;
  }
}
