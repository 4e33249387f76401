package io.chancery.source.file;

import io.chancery.crd.ObjectKind;
import io.chancery.engine.Write;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.source.Declared;
import io.chancery.source.ObjectTables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
  private final ObjectTables tables;
  private Map<Path, FileTree.Stamp> stamps = new TreeMap<>();
  private final Map<Path, Contents> contents = new TreeMap<>();
  private Map<Ref, Row> rows = new HashMap<>();
  private Map<Ref, List<Located>> problems = new TreeMap<>();

  /** What a file holds: its objects as of the last time that it could be read. */
  private record Contents(List<Decoded> objects, List<Located> problems) {}

  private record Row(ObjectKind<?> kind, Declared<?> declared) {}

  /** Of these directories or files. */
  public FileObjects(List<Path> roots, ObjectTables tables) {
    this.roots = List.copyOf(roots);
    this.tables = tables;
  }

  static Ref fileRef(String file) {
    return new Ref(FILE_KIND, "", file);
  }

  /** All problems of now, with their places, in order of files and lines. */
  public List<Located> problems() {
    return problems.values().stream().flatMap(List::stream).sorted().toList();
  }

  /** The place of a field of an object: its line, or that of its nearest parent that is there. */
  public Optional<Location> locate(Ref ref, String path) {
    for (Map.Entry<Path, Contents> file : contents.entrySet()) {
      for (Decoded object : file.getValue().objects()) {
        if (object.ref().equals(ref)) {
          return Optional.of(
              new Location(file.getKey().toString(), line(file.getKey(), object, path)));
        }
      }
    }
    return Optional.empty();
  }

  /** Read again, so that the trees of all files need not be kept. */
  private static int line(Path file, Decoded object, String path) {
    try {
      Node document = YamlReader.read(file).get(object.document());
      return Math.max(object.line(), YamlReader.line(Tree.nearest(document, path)));
    } catch (IOException | UnreadableException | IndexOutOfBoundsException cause) {
      return object.line();
    }
  }

  /**
   * Looks again, and reads the files that changed.
   *
   * @return the writes that follow, none if nothing changed
   * @throws IOException if a root cannot be read; nothing is taken for deleted
   */
  public List<Write<?, ?>> refresh() throws IOException {
    Map<Path, FileTree.Stamp> found = FileTree.scan(roots);
    boolean changed = contents.keySet().retainAll(found.keySet());
    for (Map.Entry<Path, FileTree.Stamp> file : found.entrySet()) {
      if (!file.getValue().equals(stamps.get(file.getKey()))) {
        contents.put(file.getKey(), read(file.getKey(), contents.get(file.getKey())));
        changed = true;
      }
    }
    stamps = found;
    return changed ? merge() : List.of();
  }

  private static Contents read(Path path, @Nullable Contents before) {
    String file = path.toString();
    try {
      Decoder decoder = new Decoder(file).decode(YamlReader.read(path));
      List<Located> problems = new ArrayList<>();
      decoder
          .problems()
          .forEach(p -> problems.add(new Located(new Location(file, p.line()), p.problem())));
      return new Contents(decoder.objects(), problems);
    } catch (UnreadableException cause) {
      return unreadable(file, before, cause.line(), cause.reason(), cause.text());
    } catch (IOException cause) {
      return unreadable(
          file, before, 1, Reason.SYNTAX_ERROR, "cannot be read: " + cause.getMessage());
    }
  }

  private static Contents unreadable(
      String file, @Nullable Contents before, int line, Reason reason, String message) {
    List<Decoded> kept = before == null ? List.of() : before.objects();
    String all = kept.isEmpty() ? message : message + "; its earlier objects stay";
    Problem problem = new Problem(fileRef(file), "", reason, all);
    return new Contents(kept, List.of(new Located(new Location(file, line), problem)));
  }

  private List<Write<?, ?>> merge() {
    Map<Ref, Row> now = new HashMap<>();
    Map<Ref, List<Located>> problemsNow = new TreeMap<>();
    Map<Ref, Location> owners = new LinkedHashMap<>();
    contents.forEach((path, file) -> {
      file.problems().forEach(problem -> add(problemsNow, problem));
      file.objects().forEach(object -> merge(path, object, owners, now, problemsNow));
    });
    List<Write<?, ?>> writes = new ArrayList<>();
    writeRows(now, writes);
    writeProblems(problemsNow, writes);
    rows = now;
    problems = problemsNow;
    return writes;
  }

  private void merge(
      Path path,
      Decoded object,
      Map<Ref, Location> owners,
      Map<Ref, Row> now,
      Map<Ref, List<Located>> problemsNow) {
    Location here = new Location(path.toString(), object.line());
    Location owner = owners.putIfAbsent(object.ref(), here);
    if (owner != null) {
      String message = "is declared at " + owner + " already; that one counts";
      add(problemsNow, new Located(here, new Problem(object.ref(), "", Reason.DUPLICATE, message)));
      return;
    }
    object
        .problems()
        .forEach(p ->
            add(
                problemsNow,
                new Located(new Location(here.file(), line(path, object, p.path())), p)));
    if (object.declared() != null) {
      now.put(object.ref(), new Row(object.kind(), object.declared()));
    } else if (rows.containsKey(object.ref())) {
      now.put(object.ref(), rows.get(object.ref())); // Its last good version.
    }
  }

  private static void add(Map<Ref, List<Located>> problems, Located problem) {
    problems.computeIfAbsent(problem.problem().on(), _ -> new ArrayList<>()).add(problem);
  }

  private void writeRows(Map<Ref, Row> now, List<Write<?, ?>> writes) {
    now.forEach((ref, row) -> {
      if (!row.equals(rows.get(ref))) {
        writes.add(write(row.kind(), ref, row.declared()));
      }
    });
    rows.forEach((ref, row) -> {
      if (!now.containsKey(ref)) {
        writes.add(write(row.kind(), ref, null));
      }
    });
  }

  private void writeProblems(Map<Ref, List<Located>> now, List<Write<?, ?>> writes) {
    Set<Ref> all = new HashSet<>(now.keySet());
    all.addAll(problems.keySet());
    for (Ref ref : all) {
      List<Problem> before = plain(problems.get(ref));
      List<Problem> after = plain(now.get(ref));
      if (!Objects.equals(before, after)) {
        writes.add(new Write<>(tables.problems(), ref, after.isEmpty() ? null : after));
      }
    }
  }

  private static List<Problem> plain(@Nullable Collection<Located> located) {
    return located == null ? List.of() : located.stream().map(Located::problem).sorted().toList();
  }

  @SuppressWarnings("unchecked") // The row was decoded as an object of this kind.
  private <S extends Record> Write<?, ?> write(
      ObjectKind<S> kind, Ref ref, @Nullable Declared<?> declared) {
    return tables.write(kind, ref, (Declared<S>) declared);
  }
}
