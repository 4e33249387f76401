package io.chancery.snapshot;

import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The quarantine on disk, and the one before it; xds.md N8. Refused secrets are left out: a version
 * is a hash of the content, which of a weak secret could be guessed, and Envoy's text may show it.
 */
public final class QuarantineFile {
  private static final int MAGIC = 0x43485131; // "CHQ1"

  private final WholeFile file;

  QuarantineFile(Path path) {
    this.file = new WholeFile(path);
  }

  /** Stores all entries; those that are there become the ones before. */
  public void write(List<Quarantine.Entry> entries) throws IOException {
    List<Quarantine.Entry> stored =
        entries.stream().filter(entry -> !entry.content().kind().sensitive()).toList();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    out.writeInt(stored.size());
    for (Quarantine.Entry entry : stored) {
      write(out, entry);
    }
    file.write(bytes.toByteArray());
  }

  private static void write(DataOutputStream out, Quarantine.Entry entry) throws IOException {
    StoredText.write(out, entry.fleet());
    StoredText.write(out, entry.build());
    StoredText.write(out, entry.content().kind().typeUrl());
    StoredText.write(out, entry.content().name());
    StoredText.write(out, entry.content().version().hex());
    StoredText.write(out, entry.refusal().detail());
    out.writeLong(entry.refusal().at().toEpochMilli());
    out.writeBoolean(entry.confirmed());
    out.writeBoolean(entry.taken());
    out.writeInt(entry.nodes().size());
    for (String node : entry.nodes()) {
      StoredText.write(out, node);
    }
  }

  /** What was stored last and can be used; empty if nothing is. */
  public List<Quarantine.Entry> read() {
    return file.read(QuarantineFile::decode).orElse(List.of());
  }

  private static List<Quarantine.Entry> decode(byte[] content) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
    if (in.readInt() != MAGIC) {
      throw new IOException("it was written by another version");
    }
    List<Quarantine.Entry> entries = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      entry(in).ifPresent(entries::add);
    }
    return entries;
  }

  /** Empty: of a kind that this version does not serve. */
  private static Optional<Quarantine.Entry> entry(DataInputStream in) throws IOException {
    String fleet = StoredText.read(in);
    String build = StoredText.read(in);
    Optional<ResourceKind> kind = ResourceKind.ofTypeUrl(StoredText.read(in));
    String name = StoredText.read(in);
    Version version = new Version(StoredText.read(in));
    Quarantine.Refusal refusal =
        new Quarantine.Refusal(StoredText.read(in), Instant.ofEpochMilli(in.readLong()));
    boolean confirmed = in.readBoolean();
    boolean taken = in.readBoolean();
    Set<String> nodes = new HashSet<>();
    for (int more = in.readInt(); more > 0; more--) {
      nodes.add(StoredText.read(in));
    }
    return kind.map(it ->
        new Quarantine.Entry(
            fleet,
            build,
            new Quarantine.Content(it, name, version),
            refusal,
            nodes,
            confirmed,
            taken));
  }
}
