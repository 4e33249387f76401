package io.chancery.source.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The files of objects below some directories, with what tells that one has changed.
 *
 * <p>Hidden files and directories are left out. Links are followed, also into hidden directories,
 * as a mounted ConfigMap needs; but not out of the directories that were named, so that who may
 * write there cannot make us read what only we may read.
 */
final class FileTree {
  static final int MAX_FILES = 100_000;
  private static final int MAX_DEPTH = 32;

  private final Consumer<Path> onDirectory;
  private final List<Path> inside = new ArrayList<>();
  private final Deque<Path> above = new ArrayDeque<>();
  private final Map<Path, Stamp> files = new TreeMap<>();
  private final Map<Path, IOException> failures = new TreeMap<>();

  private FileTree(Consumer<Path> onDirectory) {
    this.onDirectory = onDirectory;
  }

  /**
   * What changes when a file does: an editor may replace it, and a mount may swap the link that
   * leads to it.
   */
  record Stamp(long size, FileTime modified, String key) {
    /** Of a file that has to be read at every look, until it can be read. */
    static final Stamp UNREAD = new Stamp(-1, FileTime.fromMillis(0), "");

    private static Stamp of(BasicFileAttributes attributes) {
      String key = String.valueOf(attributes.fileKey());
      return new Stamp(attributes.size(), attributes.lastModifiedTime(), key);
    }
  }

  /**
   * What was found.
   *
   * @param files in order of their paths
   * @param failures files and directories that could not be looked at; what is below them is not
   *     known
   */
  record Found(Map<Path, Stamp> files, Map<Path, IOException> failures) {

    /** Whether nothing can be said of a file. */
    boolean hides(Path file) {
      return failures.keySet().stream().anyMatch(file::startsWith);
    }
  }

  /**
   * Looks at directories or single files.
   *
   * @param onDirectory is told of each directory before it is read
   */
  static Found scan(Collection<Path> roots, Consumer<Path> onDirectory) {
    FileTree tree = new FileTree(onDirectory);
    for (Path root : roots) {
      try {
        tree.inside.add(root.toRealPath());
      } catch (IOException cause) {
        tree.failures.put(root, cause);
      }
    }
    roots.stream().filter(root -> !tree.failures.containsKey(root)).forEach(tree::root);
    return new Found(tree.files, tree.failures);
  }

  /** What tells whether a file has changed. */
  static Stamp stamp(Path file) throws IOException {
    return Stamp.of(Files.readAttributes(file, BasicFileAttributes.class));
  }

  private void root(Path root) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(root, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        directory(root);
      } else {
        files.put(root, Stamp.of(attributes));
      }
    } catch (IOException cause) {
      failures.put(root, cause);
    }
  }

  private void directory(Path directory) throws IOException {
    Path real = directory.toRealPath();
    if (above.contains(real)) {
      throw new FileSystemLoopException(directory + " leads back to " + real);
    }
    if (above.size() == MAX_DEPTH) {
      throw new IOException("nested deeper than " + MAX_DEPTH + " directories");
    }
    above.push(real);
    onDirectory.accept(directory);
    try (Stream<Path> entries = Files.list(directory)) {
      entries.filter(entry -> !isHidden(entry)).sorted().forEach(this::entry);
    } catch (UncheckedIOException cause) {
      throw cause.getCause();
    } finally {
      above.pop();
    }
  }

  private void entry(Path entry) {
    try {
      look(entry);
    } catch (NoSuchFileException cause) {
      // A dangling link, or a file that went while we looked.
    } catch (IOException cause) {
      failures.put(entry, cause);
    }
  }

  private void look(Path entry) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      attributes = Files.readAttributes(entry, BasicFileAttributes.class);
      checkInside(entry, attributes);
    }
    if (attributes.isDirectory()) {
      directory(entry);
    } else if (attributes.isRegularFile() && isObjects(entry)) {
      if (files.size() == MAX_FILES) {
        throw new IOException("more than " + MAX_FILES + " files");
      }
      files.put(entry, Stamp.of(attributes));
    }
  }

  private void checkInside(Path link, BasicFileAttributes attributes) throws IOException {
    Path target = link.toRealPath();
    boolean concerns = attributes.isDirectory() || isObjects(link);
    if (concerns && inside.stream().noneMatch(target::startsWith)) {
      throw new IOException("the link leads out of the directories that are read");
    }
  }

  private static boolean isHidden(Path path) {
    return String.valueOf(path.getFileName()).startsWith(".");
  }

  private static boolean isObjects(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }
}
