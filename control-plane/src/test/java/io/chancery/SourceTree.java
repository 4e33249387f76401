package io.chancery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The repository that these tests stand in.
 *
 * @param root the directory of the launcher
 * @param files all files but those that are built, fetched or of a tool
 */
record SourceTree(Path root, List<Path> files) {
  private static final Set<String> NOT_OURS =
      Set.of("target", ".git", ".chancery", ".idea", ".vscode", ".settings");

  /** The tree around the working directory, which for Maven is that of a module. */
  static SourceTree find() {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("chancery")) || !Files.exists(root.resolve("pom.xml"))) {
      Path parent = root.getParent();
      if (parent == null) {
        throw new IllegalStateException(
            "no directory with chancery and pom.xml above the working directory");
      }
      root = parent;
    }
    return new SourceTree(root, list(root));
  }

  /** Java files, of all modules. */
  Stream<Path> java() {
    return files.stream().filter(file -> file.toString().endsWith(".java"));
  }

  /** The path as people say it. */
  String name(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  /** Text of a file; bytes that are no text become some other character. */
  static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  private static List<Path> list(Path root) {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(
                Path directory, BasicFileAttributes attributes) {
              return NOT_OURS.contains(directory.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              // In a linked work tree .git is a file.
              if (attributes.isRegularFile() && !NOT_OURS.contains(file.getFileName().toString())) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    return List.copyOf(files);
  }
}
