package io.chancery.source.file;

import io.chancery.source.ObjectTables;
import io.chancery.source.Source;
import io.chancery.source.SourceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest extends SourceContract {
  @TempDir Path directory;

  @Override
  protected Place place(ObjectTables tables) throws IOException {
    return new Directory(Files.createDirectory(directory.resolve("root")), tables);
  }

  private record Directory(Path root, ObjectTables tables) implements Place {
    @Override
    public Source open() {
      return new FileSource(List.of(root), tables);
    }

    @Override
    public void put(String name, int hops) throws IOException {
      Files.writeString(file(name), Fleets.text(name, hops));
    }

    @Override
    public void delete(String name) throws IOException {
      Files.delete(file(name));
    }

    @Override
    public void malform(String name) throws IOException {
      Files.writeString(file(name), "kind: [");
    }

    @Override
    public void loseSight() throws IOException {
      Files.move(root, root.resolveSibling("lost"));
    }

    @Override
    public void regainSight() throws IOException {
      Files.move(root.resolveSibling("lost"), root);
    }

    @Override
    public void resync(Source source) {
      ((FileSource) source).rescan();
    }

    private Path file(String name) {
      return root.resolve(name + ".yaml");
    }
  }
}
