package io.chancery.snapshot;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import com.google.common.hash.HashingOutputStream;
import com.google.protobuf.ByteString;
import io.chancery.model.Ref;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots on disk, a file for each fleet and the one before it. A file is whole or not used: it
 * ends with the SHA-256 of all before, is written beside the others, and takes its place by
 * renaming once it is on the disk. Secrets are left out; nodes that have them keep them. So is what
 * has a time to live: it is meant to end with the control plane that knows of it.
 */
public final class SnapshotFiles {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotFiles.class);
  private static final int MAGIC = 0x43485331; // "CHS1"
  private static final int HASH_BYTES = 32;
  private static final Pattern NAME = Pattern.compile("([a-z0-9][a-z0-9.-]*)\\.snapshot(\\.1)?");

  private final Path directory;

  /**
   * A snapshot as it was stored.
   *
   * @param resources all but secrets and what expires
   */
  public record Stored(String fleet, List<Resource> resources) {}

  /** In a directory that is made when it is needed. */
  public SnapshotFiles(Path directory) {
    this.directory = directory;
  }

  /** Stores a snapshot; the one that is there becomes the one before. */
  public void write(Snapshot snapshot) throws IOException {
    Files.createDirectories(directory);
    Path current = directory.resolve(snapshot.fleet() + ".snapshot");
    Path fresh = directory.resolve(snapshot.fleet() + ".snapshot.new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel file = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(encode(snapshot));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    }
    if (Files.exists(current)) {
      move(current, before(current));
    }
    move(fresh, current);
    try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private static Path before(Path current) {
    return current.resolveSibling(current.getFileName() + ".1");
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** All fleets that have a file that can be used: the newest, else the one before it. */
  public List<Stored> read() {
    List<Stored> stored = new ArrayList<>();
    for (String fleet : fleets()) {
      Path current = directory.resolve(fleet + ".snapshot");
      read(fleet, current).or(() -> read(fleet, before(current))).ifPresent(stored::add);
    }
    return stored;
  }

  private Set<String> fleets() {
    Set<String> fleets = new HashSet<>();
    try (Stream<Path> files = Files.list(directory)) {
      files
          .map(file -> NAME.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .forEach(name -> fleets.add(name.group(1)));
    } catch (NoSuchFileException cause) {
      LOG.debug("nothing is stored in {}", directory, cause);
    } catch (IOException cause) {
      LOG.warn("stored snapshots in {} cannot be read: {}", directory, cause.getMessage());
    }
    return fleets;
  }

  private static Optional<Stored> read(String fleet, Path file) {
    try {
      return Optional.of(decode(fleet, Files.readAllBytes(file)));
    } catch (NoSuchFileException cause) {
      LOG.debug("{} is not there", file, cause);
    } catch (IOException | RuntimeException cause) {
      LOG.warn("{} is damaged and not used: {}", file, cause.getMessage());
    }
    return Optional.empty();
  }

  private static byte[] encode(Snapshot snapshot) throws IOException {
    List<Resource> resources = new ArrayList<>();
    snapshot
        .kinds()
        .forEach((kind, all) -> {
          if (!kind.sensitive()) {
            all.values().stream()
                .filter(resource -> resource.timeToLive().isEmpty())
                .forEach(resources::add);
          }
        });
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    HashingOutputStream hashed = new HashingOutputStream(Hashing.sha256(), bytes);
    DataOutputStream out = new DataOutputStream(hashed);
    out.writeInt(MAGIC);
    out.writeInt(resources.size());
    for (Resource resource : resources) {
      write(out, resource.kind().typeUrl());
      write(out, resource.name());
      out.writeInt(resource.bytes().size());
      resource.bytes().writeTo(out);
      out.writeInt(resource.origins().size());
      for (Ref origin : resource.origins()) {
        write(out, origin.kind());
        write(out, origin.namespace());
        write(out, origin.name());
      }
    }
    bytes.write(hashed.hash().asBytes()); // Nothing is buffered between the two.
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * Reads the content of a file.
   *
   * @throws IOException if it is damaged
   */
  static Stored decode(String fleet, byte[] bytes) throws IOException {
    int length = bytes.length - HASH_BYTES;
    if (length < 0
        || !Hashing.sha256()
            .hashBytes(bytes, 0, length)
            .equals(HashCode.fromBytes(Arrays.copyOfRange(bytes, length, bytes.length)))) {
      throw new IOException("its checksum is not that of its content");
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
    if (in.readInt() != MAGIC) {
      throw new IOException("it was written by another version");
    }
    List<Resource> resources = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      String typeUrl = text(in);
      String name = text(in);
      ByteString body = ByteString.copyFrom(bytes(in));
      Set<Ref> origins = new HashSet<>();
      for (int more = in.readInt(); more > 0; more--) {
        origins.add(new Ref(text(in), text(in), text(in)));
      }
      // A kind that this version does not serve is left out.
      ResourceKind.ofTypeUrl(typeUrl)
          .ifPresent(kind -> resources.add(Resource.of(kind, name, body, origins)));
    }
    return new Stored(fleet, resources);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(bytes(in), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) { // All of it is in memory.
      throw new IOException("it ends before it should");
    }
    return in.readNBytes(length);
  }
}
