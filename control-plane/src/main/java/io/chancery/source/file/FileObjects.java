package io.chancery.source.file;

import static java.util.Objects.requireNonNull;

import io.chancery.engine.Write;
import io.chancery.model.Problem;
import io.chancery.model.Ref;
import io.chancery.source.ObjectTables;
import io.chancery.source.decode.Tree;
import io.chancery.source.file.FileTree.Found;
import io.chancery.source.file.FileTree.Stamp;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The objects of some directories, and what of them changed since the last look. A file that cannot
 * be read keeps the objects that it had; an object that cannot be decoded keeps its last good
 * version. Not safe for several threads.
 */
public final class FileObjects {
  /** The kind under which problems of files are reported. */
  public static final String FILE_KIND = "File";

  private final List<Path> roots;
  private final Consumer<Path> onDirectory;
  private final Claims claims;
  private final Map<Path, Stamp> stamps = new HashMap<>();
  private final Set<Path> emptied = new HashSet<>();
  private Set<Path> vanished = new HashSet<>();
  private SoftReference<@Nullable Parsed> parsed = new SoftReference<>(null);

  /** A file that was parsed again to find lines. */
  private record Parsed(Path file, @Nullable Stamp stamp, List<Node> documents) {}

  /** Of these directories or files. */
  public FileObjects(List<Path> roots, ObjectTables tables) {
    this(roots, tables, _ -> {});
  }

  FileObjects(List<Path> roots, ObjectTables tables, Consumer<Path> onDirectory) {
    this.roots = List.copyOf(requireNonNull(roots, "roots"));
    this.onDirectory = onDirectory;
    this.claims = new Claims(requireNonNull(tables, "tables"));
  }

  /**
   * What a look gave.
   *
   * @param writes what changed
   * @param settled false if a file was changing or had just gone: look again soon
   * @param complete false if a root could not be looked at
   */
  record Look(List<Write<?, ?>> writes, boolean settled, boolean complete) {}

  static Ref fileRef(String file) {
    return new Ref(FILE_KIND, "", file);
  }

  /** All problems of now, with their places, in order of files and lines. */
  public List<Located> problems() {
    return claims.problems();
  }

  /**
   * A problem with its place: where it was found while reading, else the line of the field that it
   * names, or of the nearest parent of that field that is there.
   */
  public Located place(Problem problem) {
    return claims
        .placed(problem)
        .orElseGet(() -> {
          Optional<Location> location = locate(problem.on(), problem.path());
          return new Located(location.orElse(Location.GENERATED), problem);
        });
  }

  boolean declares(Ref ref) {
    return claims.owner(ref).isPresent();
  }

  Optional<Location> locate(Ref ref, String path) {
    return claims.owner(ref).map(owner -> new Location(owner.location().file(), line(owner, path)));
  }

  /**
   * Looks at once, for one who looks only once.
   *
   * @return the writes of what changed since the last look; none if nothing did
   */
  public List<Write<?, ?>> refresh() {
    return look(_ -> false).writes();
  }

  /**
   * Looks again, and reads the files that changed.
   *
   * @param isSuspect whether to read a file even if it seems to be the same
   */
  Look look(Predicate<Path> isSuspect) {
    Found found = FileTree.scan(roots, onDirectory);
    claims.failures(found.failures());
    boolean settled = remove(found);
    for (Map.Entry<Path, Stamp> file : found.files().entrySet()) {
      Path path = file.getKey();
      if (!file.getValue().equals(stamps.get(path)) || isSuspect.test(path)) {
        settled &= read(path, file.getValue());
      }
    }
    boolean complete = roots.stream().noneMatch(found.failures()::containsKey);
    return new Look(claims.settle(), settled, complete);
  }

  /**
   * Forgets the files that are gone, at the second look that does not see them: some editors move a
   * file away and write it anew.
   */
  private boolean remove(Found found) {
    Set<Path> missing = new HashSet<>(stamps.keySet());
    missing.removeAll(found.files().keySet());
    missing.removeIf(found::hides);
    Set<Path> first = new HashSet<>(missing);
    first.removeAll(vanished);
    missing.removeAll(first);
    missing.forEach(this::forget);
    vanished = first;
    return first.isEmpty();
  }

  private void forget(Path file) {
    stamps.remove(file);
    claims.put(file, Contents.NONE);
  }

  /** Reads a file; false if it changed meanwhile, so that half of it may have been read. */
  private boolean read(Path file, Stamp stamp) {
    Contents before = claims.contents(file);
    if (isJustEmptied(file, stamp, before)) {
      return false;
    }
    try {
      Contents now = Contents.read(file, before);
      boolean stable = stamp.equals(stampNow(file));
      if (stable || before.objects().isEmpty()) {
        claims.put(file, now);
        stamps.put(file, stamp);
      }
      return stable;
    } catch (IOException cause) {
      claims.put(file, before.unreadable(file, cause));
      stamps.put(file, Stamp.UNREAD);
      return true;
    }
  }

  /** An editor may empty a file before it fills it: emptiness counts at the second look. */
  private boolean isJustEmptied(Path file, Stamp stamp, Contents before) {
    boolean isEmpty = stamp.size() == 0 && !before.objects().isEmpty();
    if (isEmpty && emptied.add(file)) {
      return true;
    }
    emptied.remove(file);
    return false;
  }

  private static @Nullable Stamp stampNow(Path file) {
    try {
      return FileTree.stamp(file);
    } catch (IOException cause) {
      return null;
    }
  }

  /** Reads again, so that the trees of all files need not be kept. */
  private int line(Decoded object, String path) {
    try {
      List<Node> documents = documents(Path.of(object.location().file()));
      return Tree.line(Decoder.at(documents, object.position()), path);
    } catch (IOException | UnreadableException | IndexOutOfBoundsException cause) {
      return object.location().line(); // The file has changed since.
    }
  }

  private List<Node> documents(Path file) throws IOException, UnreadableException {
    Parsed last = parsed.get();
    if (last == null || !last.file().equals(file) || !isSame(last.stamp(), stamps.get(file))) {
      last = new Parsed(file, stamps.get(file), YamlReader.read(file));
      parsed = new SoftReference<>(last);
    }
    return last.documents();
  }

  private static boolean isSame(@Nullable Stamp a, @Nullable Stamp b) {
    return a != null && a.equals(b);
  }
}
