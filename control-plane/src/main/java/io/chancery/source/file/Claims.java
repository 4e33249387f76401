package io.chancery.source.file;

import io.chancery.crd.ObjectKind;
import io.chancery.engine.Write;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.source.Declared;
import io.chancery.source.ObjectTables;
import io.chancery.source.decode.Text;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which file declares which object. Where several do, the first counts, by path and then by place
 * in the file. What changed is worked out for the objects of changed files only.
 */
final class Claims {
  private final ObjectTables tables;
  private final Map<Path, Contents> contents = new HashMap<>();
  private final Map<Ref, TreeMap<Claim, Decoded>> claims = new HashMap<>();
  private final Map<Ref, Located> failures = new HashMap<>();
  private final Map<Ref, Row> rows = new HashMap<>();
  private final Map<Ref, List<Located>> problems = new TreeMap<>();
  private Set<Ref> touched = new HashSet<>();

  Claims(ObjectTables tables) {
    this.tables = tables;
  }

  private record Claim(Path file, int index) implements Comparable<Claim> {
    @Override
    public int compareTo(Claim other) {
      int order = file.compareTo(other.file);
      return order == 0 ? Integer.compare(index, other.index) : order;
    }
  }

  private record Row(ObjectKind<?> kind, Declared<?> declared) {}

  Contents contents(Path file) {
    return contents.getOrDefault(file, Contents.NONE);
  }

  /** The declaration of an object that counts. */
  Optional<Decoded> owner(Ref ref) {
    return Optional.ofNullable(claims.get(ref)).map(all -> all.firstEntry().getValue());
  }

  List<Located> problems() {
    return problems.values().stream().flatMap(List::stream).sorted().toList();
  }

  /** A problem that was found while reading, with its place. */
  Optional<Located> placed(Problem problem) {
    return problems.getOrDefault(problem.on(), List.of()).stream()
        .filter(located -> located.problem().equals(problem))
        .findFirst();
  }

  /** Notes what a file holds now. */
  void put(Path file, Contents now) {
    contents(file).objects().forEach(object -> drop(file, object.ref()));
    List<Decoded> objects = now.objects();
    for (int i = 0; i < objects.size(); i++) {
      Ref ref = objects.get(i).ref();
      claims.computeIfAbsent(ref, _ -> new TreeMap<>()).put(new Claim(file, i), objects.get(i));
      touched.add(ref);
    }
    touched.add(FileObjects.fileRef(file.toString()));
    if (now.equals(Contents.NONE)) {
      contents.remove(file);
    } else {
      contents.put(file, now);
    }
  }

  /** Notes which files and directories could not be looked at. */
  void failures(Map<Path, IOException> now) {
    touched.addAll(failures.keySet());
    failures.clear();
    now.forEach((path, cause) -> {
      Ref ref = FileObjects.fileRef(path.toString());
      String message = "cannot be read, what it held stays: " + Text.printable(describe(cause));
      Problem problem = new Problem(ref, "", Reason.INVALID, message);
      failures.put(ref, new Located(new Location(path.toString(), 1), problem));
    });
    touched.addAll(failures.keySet());
  }

  /** What follows from all that was noted since the last time. */
  List<Write<?, ?>> settle() {
    List<Write<?, ?>> writes = new ArrayList<>();
    touched.stream().sorted().forEach(ref -> settle(ref, writes));
    touched = new HashSet<>();
    return writes;
  }

  private void drop(Path file, Ref ref) {
    touched.add(ref);
    TreeMap<Claim, Decoded> all = claims.get(ref);
    if (all != null) {
      all.keySet().removeIf(claim -> claim.file().equals(file));
      if (all.isEmpty()) {
        claims.remove(ref);
      }
    }
  }

  private void settle(Ref ref, List<Write<?, ?>> writes) {
    Row before = rows.get(ref);
    Row now = owner(ref).map(owner -> row(owner, before)).orElse(null);
    if (now == null && before != null) {
      rows.remove(ref);
      writes.add(write(before.kind(), ref, null));
    } else if (now != null && !now.equals(before)) {
      rows.put(ref, now);
      writes.add(write(now.kind(), ref, now.declared()));
    }
    settleProblems(ref, writes);
  }

  private static @Nullable Row row(Decoded owner, @Nullable Row lastGood) {
    return owner.declared() == null ? lastGood : new Row(owner.kind(), owner.declared());
  }

  private void settleProblems(Ref ref, List<Write<?, ?>> writes) {
    List<Located> located = problemsOf(ref);
    List<Located> before = problems.getOrDefault(ref, List.of());
    if (located.isEmpty()) {
      problems.remove(ref);
    } else {
      problems.put(ref, located);
    }
    List<Problem> plain = plain(located);
    if (!plain.equals(plain(before))) {
      writes.add(new Write<>(tables.problems(), ref, plain.isEmpty() ? null : plain));
    }
  }

  private List<Located> problemsOf(Ref ref) {
    List<Located> all = new ArrayList<>();
    if (ref.kind().equals(FileObjects.FILE_KIND)) {
      all.addAll(contents(Path.of(ref.name())).problems());
      Optional.ofNullable(failures.get(ref)).ifPresent(all::add);
    }
    Iterator<Decoded> declarations = claims.getOrDefault(ref, new TreeMap<>()).values().iterator();
    if (declarations.hasNext()) {
      Decoded owner = declarations.next();
      all.addAll(owner.problems());
      declarations.forEachRemaining(other -> all.add(duplicate(owner, other)));
    }
    return all;
  }

  private static Located duplicate(Decoded owner, Decoded other) {
    String message =
        "declared at "
            + other.location()
            + " and before at "
            + owner.location()
            + "; the first counts";
    return new Located(other.location(), new Problem(other.ref(), "", Reason.DUPLICATE, message));
  }

  private static List<Problem> plain(List<Located> located) {
    return located.stream().map(Located::problem).sorted().toList();
  }

  private static String describe(IOException cause) {
    return cause instanceof NoSuchFileException
        ? "there is no such file or directory"
        : String.valueOf(cause.getMessage());
  }

  @SuppressWarnings("unchecked") // The row was decoded as an object of this kind.
  private <S extends Record> Write<?, ?> write(
      ObjectKind<S> kind, Ref ref, @Nullable Declared<?> declared) {
    return tables.write(kind, ref, (Declared<S>) declared);
  }
}
