package io.chancery.source.file;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.crd.FleetSpec;
import io.chancery.crd.Kinds;
import io.chancery.engine.Write;
import io.chancery.model.Ref;
import io.chancery.source.Declared;
import io.chancery.source.ObjectTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways in which editors, mounts and scripts change files. */
class FileChangesTest {
  @TempDir Path directory;

  private final ObjectTables tables = new ObjectTables();
  private final List<Write<?, ?>> writes = new CopyOnWriteArrayList<>();
  private Path root = Path.of("");
  private FileSource source = new FileSource(List.of(), tables);

  @BeforeEach
  void createRoot() throws IOException {
    root = Files.createDirectory(directory.resolve("root"));
  }

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void aFileThatIsReplaced() throws IOException {
    write("a.yaml", 1);
    start(root);
    Path fresh = Files.writeString(root.resolve("a.yaml.tmp"), Fleets.text("a", 2));
    Files.move(fresh, root.resolve("a.yaml"), ATOMIC_MOVE);
    await(Map.of("a", 2));
    assertThat(writes).allSatisfy(write -> assertThat(write.row()).isNotNull());
  }

  @Test
  void aFileThatIsMovedAwayAndWrittenAnew() throws IOException {
    write("a.yaml", 1);
    start(root);
    Files.move(root.resolve("a.yaml"), root.resolve("a.yaml~"));
    write("a.yaml", 2);
    await(Map.of("a", 2));
    assertThat(writes).allSatisfy(write -> assertThat(write.row()).isNotNull());
  }

  @Test
  void aFileOfTheSameLengthAndTime() throws IOException {
    write("a.yaml", 1);
    FileTime time = Files.getLastModifiedTime(root.resolve("a.yaml"));
    start(root);
    write("a.yaml", 2);
    Files.setLastModifiedTime(root.resolve("a.yaml"), time);
    await(Map.of("a", 2));
  }

  @Test
  void manyWritesInARow() throws IOException {
    start(root);
    for (int i = 0; i <= 200; i++) {
      write("a.yaml", i % 8);
    }
    await(Map.of("a", 0));
  }

  @Test
  void aDirectoryThatIsNewAndAFileInIt() throws IOException {
    start(root);
    Files.createDirectories(root.resolve("b/c"));
    write("b/c/a.yaml", 1);
    await(Map.of("a", 1));
    write("b/c/a.yaml", 2);
    await(Map.of("a", 2));
    Files.delete(root.resolve("b/c/a.yaml"));
    Files.delete(root.resolve("b/c"));
    await(Map.of());
  }

  /** As the kubelet does: files are links through a link that is swapped. */
  @Test
  void aMountedConfigMap() throws IOException {
    Files.createDirectory(root.resolve("..1"));
    Files.createDirectory(root.resolve("..2"));
    write("..1/a.yaml", 1);
    write("..2/a.yaml", 2);
    Files.createSymbolicLink(root.resolve("..data"), Path.of("..1"));
    Files.createSymbolicLink(root.resolve("a.yaml"), Path.of("..data/a.yaml"));
    start(root);
    await(Map.of("a", 1));
    Files.createSymbolicLink(root.resolve("..tmp"), Path.of("..2"));
    Files.move(root.resolve("..tmp"), root.resolve("..data"), ATOMIC_MOVE);
    await(Map.of("a", 2));
  }

  /** Nothing notifies of this one: the directory itself is a link that is swapped. */
  @Test
  void aRelease() throws IOException {
    Files.createDirectory(root.resolve("1"));
    Files.createDirectory(root.resolve("2"));
    write("1/a.yaml", 1);
    write("2/a.yaml", 2);
    Path current = Files.createSymbolicLink(directory.resolve("current"), root.resolve("1"));
    start(current);
    await(Map.of("a", 1));
    Path next = Files.createSymbolicLink(directory.resolve("next"), root.resolve("2"));
    Files.move(next, current, ATOMIC_MOVE);
    await(Map.of("a", 2));
  }

  private void start(Path at) {
    source.close();
    source = new FileSource(List.of(at), tables);
    List<List<Write<?, ?>>> batches = new CopyOnWriteArrayList<>();
    source.start(batch -> {
      writes.addAll(batch);
      batches.add(batch);
    });
    Awaitility.await().until(() -> !batches.isEmpty());
  }

  private void write(String file, int hops) throws IOException {
    Files.writeString(root.resolve(file), Fleets.text("a", hops));
  }

  private void await(Map<String, Integer> fleets) {
    Awaitility.await().untilAsserted(() -> assertThat(fleets()).isEqualTo(fleets));
  }

  private Map<String, Integer> fleets() {
    Map<String, Integer> fleets = new TreeMap<>();
    for (Write<?, ?> write : writes) {
      if (write.table() != tables.of(Kinds.FLEET)) {
        continue;
      }
      String name = ((Ref) write.key()).name();
      if (write.row() instanceof Declared<?>(var meta, FleetSpec(Integer hops, var _, var _))) {
        fleets.put(name, hops);
      } else {
        fleets.remove(name);
      }
    }
    return fleets;
  }
}
