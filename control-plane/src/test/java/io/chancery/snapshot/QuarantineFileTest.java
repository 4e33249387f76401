package io.chancery.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineFileTest {
  private static final Instant AT = Instant.ofEpochMilli(1_234_567);

  @TempDir private Path directory;
  private final Quarantine quarantine = new Quarantine();
  private QuarantineFile file;

  @BeforeEach
  void start() {
    file = new SnapshotFiles(directory).quarantine();
  }

  private Path path() {
    return directory.resolve("quarantine");
  }

  private static Quarantine.Node node(String id) {
    return new Quarantine.Node("edge", id, "1.40.0");
  }

  private static Quarantine.Content content(ResourceKind kind, String name) {
    return new Quarantine.Content(kind, name, Version.of(ByteString.copyFromUtf8(name)));
  }

  private static Quarantine.Content cluster(String name) {
    return content(ResourceKind.CLUSTER, name);
  }

  private void refuse(String node, Quarantine.Content content) {
    quarantine.refused(node(node), content, new Quarantine.Refusal("no, by " + node, AT));
  }

  private Quarantine reread() {
    Quarantine read = new Quarantine();
    read.restore(file.read());
    return read;
  }

  @Test
  void givesBackWhatWasStoredButSecrets() throws IOException {
    assertThat(file.read()).isEmpty();
    refuse("one", cluster("a"));
    refuse("one", cluster("b"));
    refuse("two", cluster("b"));
    refuse("one", cluster("c"));
    quarantine.accepted(node("two"), cluster("c"));
    refuse("one", content(ResourceKind.SECRET, "secret"));
    file.write(quarantine.entries());
    Quarantine read = reread();
    assertThat(read.entries())
        .isEqualTo(
            quarantine.entries().stream()
                .filter(entry -> !entry.content().kind().equals(ResourceKind.SECRET))
                .toList());
    assertThat(read.refusal(node("one"), cluster("a")))
        .contains(new Quarantine.Refusal("no, by one", AT));
    assertThat(read.refusal(node("three"), cluster("a"))).isEmpty();
    assertThat(read.refusal(node("three"), cluster("b"))).isPresent();
    assertThat(read.refusal(node("three"), cluster("c"))).isEmpty();
    assertThat(Files.readString(path(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
        .isEqualTo("rw-------");
  }

  @Test
  void aDamagedFileIsNeverPartlyUsedTheOneBeforeItIs() throws IOException {
    refuse("one", cluster("a"));
    file.write(quarantine.entries());
    refuse("one", cluster("b"));
    file.write(quarantine.entries());
    byte[] good = Files.readAllBytes(path());
    for (int i = 0; i < good.length; i++) {
      byte[] flipped = good.clone();
      flipped[i] ^= 0x10;
      Files.write(path(), flipped);
      assertThat(file.read()).as("byte %d", i).hasSize(1);
      Files.write(path(), Arrays.copyOf(good, i));
      assertThat(file.read()).as("cut at %d", i).hasSize(1);
    }
    Files.write(path(), good);
    assertThat(file.read()).hasSize(2);
  }

  @Test
  void whoRefusedBeforeARestartDoesNotConfirmWhatIsRefusedAfterIt() throws IOException {
    refuse("one", cluster("a"));
    file.write(quarantine.entries());
    Quarantine read = reread();
    read.refused(node("two"), cluster("a"), new Quarantine.Refusal("no", AT));
    assertThat(read.refusal(node("three"), cluster("a"))).isEmpty();
    assertThat(read.refusal(node("one"), cluster("a"))).isPresent();
    read.refused(node("three"), cluster("a"), new Quarantine.Refusal("no", AT));
    assertThat(read.refusal(node("four"), cluster("a"))).isPresent();
  }

  @Test
  void ofManyRefusalsTheOldestAreForgotten() {
    for (int i = 0; i <= Quarantine.LIMIT; i++) {
      refuse("one", cluster("c" + i));
    }
    List<Quarantine.Entry> entries = quarantine.entries();
    assertThat(entries).hasSize(Quarantine.LIMIT);
    assertThat(entries.getFirst().content().name()).isEqualTo("c1");
  }

  @Test
  void aNodeThatTakesWhatItRefusedIsForgotten() {
    refuse("one", cluster("a"));
    quarantine.accepted(node("one"), cluster("a"));
    assertThat(quarantine.entries()).isEmpty();
  }
}
