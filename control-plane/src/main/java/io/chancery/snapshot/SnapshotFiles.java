package io.chancery.snapshot;

import com.google.protobuf.ByteString;
import io.chancery.model.Ref;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots on disk, a file for each fleet and the one before it. Secrets are left out; nodes that
 * have them keep them. So is what has a time to live: it is meant to end with the control plane
 * that knows of it.
 */
public final class SnapshotFiles {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotFiles.class);
  private static final int MAGIC = 0x43485331; // "CHS1"
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
    file(snapshot.fleet()).write(encode(snapshot));
  }

  private WholeFile file(String fleet) {
    return new WholeFile(directory.resolve(fleet + ".snapshot"));
  }

  /** What nodes refused, stored beside the snapshots. */
  public QuarantineFile quarantine() {
    return new QuarantineFile(directory.resolve("quarantine"));
  }

  /** All fleets that have a file that can be used: the newest, else the one before it. */
  public List<Stored> read() {
    List<Stored> stored = new ArrayList<>();
    for (String fleet : fleets()) {
      file(fleet).read(content -> decode(fleet, content)).ifPresent(stored::add);
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
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    out.writeInt(resources.size());
    for (Resource resource : resources) {
      StoredText.write(out, resource.kind().typeUrl());
      StoredText.write(out, resource.name());
      out.writeInt(resource.bytes().size());
      resource.bytes().writeTo(out);
      out.writeInt(resource.origins().size());
      for (Ref origin : resource.origins()) {
        StoredText.write(out, origin.kind());
        StoredText.write(out, origin.namespace());
        StoredText.write(out, origin.name());
      }
    }
    return bytes.toByteArray();
  }

  /**
   * Reads the content of a file.
   *
   * @throws IOException if it is damaged
   */
  static Stored decode(String fleet, byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (in.readInt() != MAGIC) {
      throw new IOException("it was written by another version");
    }
    List<Resource> resources = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      String typeUrl = StoredText.read(in);
      String name = StoredText.read(in);
      ByteString body = ByteString.copyFrom(StoredText.readBytes(in));
      Set<Ref> origins = new HashSet<>();
      for (int more = in.readInt(); more > 0; more--) {
        origins.add(new Ref(StoredText.read(in), StoredText.read(in), StoredText.read(in)));
      }
      // A kind that this version does not serve is left out.
      ResourceKind.ofTypeUrl(typeUrl)
          .ifPresent(kind -> resources.add(Resource.of(kind, name, body, origins)));
    }
    return new Stored(fleet, resources);
  }
}
