package io.chancery.source.file;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The files of objects below some directories, with what tells that one has changed. */
final class FileTree {
  private static final int MAX_DEPTH = 32;

  private FileTree() {}

  /**
   * What changes when a file does: an editor may replace it, and a mount may swap the link that
   * leads to it.
   */
  record Stamp(long size, FileTime modified, String key) {}

  /**
   * Files with their stamps, in order. Links are followed, and Java refuses those that lead in a
   * circle. Hidden files and directories are left out; a mounted ConfigMap keeps its data in one,
   * and links to it beside it.
   */
  static Map<Path, Stamp> scan(Iterable<Path> roots) throws IOException {
    Map<Path, Stamp> files = new TreeMap<>();
    for (Path root : roots) {
      Files.walkFileTree(
          root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, visitor(root, files));
    }
    return files;
  }

  private static SimpleFileVisitor<Path> visitor(Path root, Map<Path, Stamp> files) {
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        return !directory.equals(root) && isHidden(directory)
            ? FileVisitResult.SKIP_SUBTREE
            : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile()
            && (file.equals(root) || (!isHidden(file) && isObjects(file)))) {
          String key = String.valueOf(attributes.fileKey());
          files.put(file, new Stamp(attributes.size(), attributes.lastModifiedTime(), key));
        }
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
        if (file.equals(root)) {
          throw cause;
        }
        return FileVisitResult.CONTINUE; // A dangling link, or a file that went while we looked.
      }
    };
  }

  private static boolean isHidden(Path path) {
    return String.valueOf(path.getFileName()).startsWith(".");
  }

  private static boolean isObjects(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }
}
