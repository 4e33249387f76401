package io.chancery.cli;

import io.chancery.app.local.DevelopmentSecrets;
import io.chancery.app.local.LocalRunException;
import io.chancery.compile.Compilation;
import io.chancery.compile.Compiled;
import io.chancery.engine.Write;
import io.chancery.model.ObjectStatus;
import io.chancery.source.file.FileObjects;
import io.chancery.source.file.Located;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Directories, read and compiled once, without a server.
 *
 * @param compiled all that they make
 * @param problems all that is wrong with them, in order of files and lines
 */
record Offline(Compiled compiled, List<Located> problems) {

  /**
   * Reads and compiles.
   *
   * @param dataDir keeps development certificates that a directory asks for
   * @throws UserException if a directory cannot be read
   */
  static Offline load(List<Path> directories, Path dataDir) throws UserException {
    for (Path directory : directories) {
      if (!Files.exists(directory)) {
        throw new UserException(directory + " does not exist; name a directory or file of objects");
      }
    }
    Compilation compilation = new Compilation();
    FileObjects objects = new FileObjects(directories, compilation.objects());
    List<Write<?, ?>> writes = new ArrayList<>();
    try {
      for (Path directory : directories) {
        writes.addAll(DevelopmentSecrets.of(directory, dataDir, compilation.objects()));
      }
      writes.addAll(objects.refresh());
    } catch (IOException cause) {
      throw new UserException("cannot read " + cause.getMessage());
    } catch (LocalRunException cause) {
      throw new UserException(String.valueOf(cause.getMessage()));
    }
    Compiled compiled = compilation.apply(writes);
    return new Offline(compiled, problems(compiled, objects));
  }

  private static List<Located> problems(Compiled compiled, FileObjects objects) {
    Set<Located> all = new TreeSet<>(objects.problems());
    compiled.statuses().values().stream()
        .flatMap(Optional::stream)
        .map(ObjectStatus::problems)
        .flatMap(List::stream)
        .map(objects::place)
        .forEach(all::add);
    return List.copyOf(all);
  }
}
