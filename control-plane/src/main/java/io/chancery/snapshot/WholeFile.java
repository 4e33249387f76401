package io.chancery.snapshot;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file, and the one before it, that is whole or not used: it ends with the SHA-256 of all before,
 * is written beside the others, and takes its place by renaming once it is on the disk.
 */
record WholeFile(Path path) {
  private static final Logger LOG = LoggerFactory.getLogger(WholeFile.class);
  private static final int HASH_BYTES = 32;

  /** Makes something of the bytes, or says why it cannot. */
  @FunctionalInterface
  interface Decoder<T> {
    T decode(byte[] content) throws IOException;
  }

  /** Replaces the content; what is there becomes the one before. */
  void write(byte[] content) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel file = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      for (byte[] part : new byte[][] {content, Hashing.sha256().hashBytes(content).asBytes()}) {
        ByteBuffer bytes = ByteBuffer.wrap(part);
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
      }
      file.force(true);
    }
    if (Files.exists(path)) {
      move(path, before());
    }
    move(fresh, path);
    try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private Path before() {
    return path.resolveSibling(path.getFileName() + ".1");
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The newest content that can be used; empty if there is none. */
  <T> Optional<T> read(Decoder<T> decoder) {
    return read(path, decoder).or(() -> read(before(), decoder));
  }

  private static <T> Optional<T> read(Path file, Decoder<T> decoder) {
    try {
      return Optional.of(decoder.decode(content(Files.readAllBytes(file))));
    } catch (NoSuchFileException cause) {
      LOG.debug("{} is not there", file, cause);
    } catch (IOException | RuntimeException cause) {
      LOG.warn("{} is damaged and not used: {}", file, cause.getMessage());
    }
    return Optional.empty();
  }

  private static byte[] content(byte[] bytes) throws IOException {
    int length = bytes.length - HASH_BYTES;
    if (length < 0
        || !Hashing.sha256()
            .hashBytes(bytes, 0, length)
            .equals(HashCode.fromBytes(Arrays.copyOfRange(bytes, length, bytes.length)))) {
      throw new IOException("its checksum is not that of its content");
    }
    return Arrays.copyOf(bytes, length);
  }
}
