package io.chancery.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the admin interface of a local Envoy listens.
 *
 * @param path the socket
 * @param note why it is not in Envoy's own directory; empty if it is
 */
record AdminSocket(Path path, Optional<String> note) {
  private static final Logger LOG = LoggerFactory.getLogger(AdminSocket.class);
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
    LOG.info(note);
    return new AdminSocket(elsewhere, Optional.of(note));
  }

  /** Removes what {@link #near} and Envoy made. */
  void delete() {
    try {
      Files.deleteIfExists(path);
      if (note.isPresent()) {
        Files.deleteIfExists(directory());
      }
    } catch (IOException e) {
      LOG.warn("cannot remove {}: {}", path, e.getMessage());
    }
  }

  private Path directory() {
    return Objects.requireNonNull(path.getParent(), "a socket has a directory");
  }
}
