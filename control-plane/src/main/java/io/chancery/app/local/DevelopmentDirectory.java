package io.chancery.app.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where development keys, certificates and tokens are kept: a directory for its owner only, with
 * files for their owner only.
 *
 * @param path absolute
 */
public record DevelopmentDirectory(Path path) {
  private static final FileAttribute<?> OWNER_READS_AND_WRITES =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** {@code dev} in a data directory, made if it is missing. */
  public static DevelopmentDirectory in(Path dataDirectory) throws IOException {
    Path path = dataDirectory.resolve("dev").toAbsolutePath().normalize();
    Files.createDirectories(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    return new DevelopmentDirectory(path);
  }

  Path file(String name) {
    return path.resolve(name);
  }

  /**
   * Appears at once and complete, and is never readable for others, not even while it is written.
   */
  Path write(String name, byte[] content) throws IOException {
    Path partial = Files.createTempFile(path, name, ".partial", OWNER_READS_AND_WRITES);
    Files.write(partial, content);
    return Files.move(
        partial, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  Path write(String name, String content) throws IOException {
    return write(name, content.getBytes(UTF_8));
  }
}
