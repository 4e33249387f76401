package io.chancery.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the admin interface of a local Envoy listens.
 *
 * @param path the socket
 * @param note why it is not in Envoy's own directory; empty if it is
 */
record AdminSocket(Path path, Optional<String> note) {
  private static final String NAME = "admin.sock";

  /** In the directory, or in a private temporary one if that path is too long for a socket. */
  static AdminSocket near(Path directory) throws IOException {
    Path near = directory.resolve(NAME);
    int length = near.toString().getBytes(UTF_8).length;
    if (length <= Bootstrap.MAX_SOCKET_PATH_BYTES) {
      Files.deleteIfExists(near);
      return new AdminSocket(near, Optional.empty());
    }
    // Owner-only, as the JDK makes temporary directories.
    Path elsewhere = Files.createTempDirectory("chancery-").resolve(NAME);
    String note =
        "admin socket is %s: %s has %d bytes, a Unix socket allows %d"
            .formatted(elsewhere, near, length, Bootstrap.MAX_SOCKET_PATH_BYTES);
    return new AdminSocket(elsewhere, Optional.of(note));
  }

  /** Removes what {@link #near} and Envoy made. */
  void delete() {
    try {
      Files.deleteIfExists(path);
      if (note.isPresent()) {
        Files.deleteIfExists(directory());
      }
    } catch (IOException _) {
      // A socket that nobody listens on does no harm, and the next start removes it.
    }
  }

  private Path directory() {
    return Objects.requireNonNull(path.getParent(), "a socket has a directory");
  }
}
