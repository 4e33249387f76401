package io.chancery.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.chancery.model.Ref;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFilesTest {
  private static final Ref ORIGIN = new Ref("HTTPRoute", "shop", "orders");

  @TempDir private Path directory;
  private final SnapshotStore store = new SnapshotStore();
  private SnapshotFiles files;

  @BeforeEach
  void start() {
    files = new SnapshotFiles(directory.resolve("snapshots"));
  }

  private Path current() {
    return directory.resolve("snapshots/edge.snapshot");
  }

  private void store(String content) throws IOException {
    ResourceKind[] kinds = {ResourceKind.ROUTE_CONFIGURATION, ResourceKind.SECRET};
    for (ResourceKind kind : kinds) {
      Resource resource = Resource.of(kind, "a", ByteString.copyFromUtf8(content), Set.of(ORIGIN));
      store.publish(
          List.of(new ResourceChange("edge", kind, "a", Optional.of(resource), Set.of())));
    }
    files.write(store.snapshot("edge"));
  }

  private String read() {
    List<SnapshotFiles.Stored> stored = files.read();
    if (stored.isEmpty()) {
      return "";
    }
    Resource only = stored.getFirst().resources().getFirst();
    assertThat(stored.getFirst().fleet()).isEqualTo("edge");
    assertThat(only.origins()).containsExactly(ORIGIN);
    return only.bytes().toStringUtf8();
  }

  @Test
  void givesBackWhatWasStoredButSecrets() throws IOException {
    assertThat(files.read()).isEmpty();
    store("first");
    assertThat(read()).isEqualTo("first");
    assertThat(files.read().getFirst().resources())
        .extracting(Resource::kind)
        .containsExactly(ResourceKind.ROUTE_CONFIGURATION);
    assertThat(Files.readString(current(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .containsOnlyOnce("first");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(current())))
        .isEqualTo("rw-------");
  }

  @Test
  void aDamagedFileIsNeverPartlyUsedTheOneBeforeItIs() throws IOException {
    store("first");
    store("second");
    byte[] good = Files.readAllBytes(current());
    for (int i = 0; i < good.length; i++) {
      byte[] flipped = good.clone();
      flipped[i] ^= 0x10;
      Files.write(current(), flipped);
      assertThat(read()).as("byte %d", i).isEqualTo("first");
      Files.write(current(), java.util.Arrays.copyOf(good, i));
      assertThat(read()).as("cut at %d", i).isEqualTo("first");
    }
    Files.delete(current());
    assertThat(read()).as("killed between two renames").isEqualTo("first");
    Files.write(current(), good);
    assertThat(read()).isEqualTo("second");
    Files.write(current(), new byte[0]);
    Files.write(directory.resolve("snapshots/edge.snapshot.1"), new byte[7]);
    assertThat(read()).as("both damaged").isEmpty();
  }

  @Test
  void whatAWriterLeftWhenItWasKilledIsNotReadAndNotInTheWay() throws IOException {
    store("first");
    Files.writeString(directory.resolve("snapshots/edge.snapshot.new"), "half");
    assertThat(read()).isEqualTo("first");
    store("second");
    assertThat(read()).isEqualTo("second");
  }
}
