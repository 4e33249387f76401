package io.chancery.source.kubernetes;

import io.chancery.crd.ObjectKind;
import io.chancery.crd.ObjectKind.Scope;
import io.chancery.engine.Write;
import io.chancery.model.Problem;
import io.chancery.model.Ref;
import io.chancery.source.Declared;
import io.chancery.source.ObjectTables;
import io.chancery.source.decode.ObjectDecoder;
import io.chancery.source.decode.Tree;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The objects of one kind as they were last seen, and what of them is to be written. An object that
 * cannot be decoded keeps its last good version. One that goes is noted first, and written only
 * when it is released: see {@link Departures}.
 */
final class KindRows {
  private final ObjectKind<?> kind;
  private final ObjectTables tables;
  private final Map<Ref, Seen> seen = new HashMap<>();
  private Set<Ref> leaving = new LinkedHashSet<>();

  /** An object: the version that the API server gave it, and what it says. */
  private record Seen(String version, @Nullable Declared<?> declared, List<Problem> problems) {}

  KindRows(ObjectKind<?> kind, ObjectTables tables) {
    this.kind = kind;
    this.tables = tables;
  }

  /** The name of an object in a list or a watch. */
  Ref ref(Node object) {
    Node metadata = Tree.member(object, "metadata").orElse(object);
    String namespace =
        kind.scope() == Scope.CLUSTER ? "" : Api.text(metadata, "namespace").orElse("");
    return new Ref(kind.name(), namespace, Api.text(metadata, "name").orElse(""));
  }

  static String version(Node object) {
    return Tree.member(object, "metadata")
        .flatMap(metadata -> Api.text(metadata, "resourceVersion"))
        .orElse("");
  }

  /** Takes an object that is there; what it changes is added to the writes. */
  void put(Node object, List<Write<?, ?>> writes) {
    Ref ref = ref(object);
    leaving.remove(ref);
    Seen before = seen.get(ref);
    String version = version(object);
    if (before != null && before.version.equals(version) && !version.isEmpty()) {
      return; // A resync: not worth decoding.
    }
    ObjectDecoder.Result result = ObjectDecoder.decode(kind, ref, List.of(), object);
    Declared<?> lastGood = before == null ? null : before.declared;
    Declared<?> declared = result.declared() == null ? lastGood : result.declared();
    seen.put(ref, new Seen(version, declared, result.problems()));
    if (declared != null && !declared.equals(lastGood)) {
      writes.add(write(kind, ref, declared));
    }
    List<Problem> problems = before == null ? List.of() : before.problems;
    if (!result.problems().equals(problems)) {
      writes.add(
          new Write<>(
              tables.problems(), ref, result.problems().isEmpty() ? null : result.problems()));
    }
  }

  /** Notes that objects are not there any more. */
  void leave(Set<Ref> gone) {
    gone.stream().filter(seen::containsKey).forEach(leaving::add);
  }

  /** The objects that are not in a list. */
  Set<Ref> missing(Set<Ref> listed) {
    Set<Ref> missing = new HashSet<>(seen.keySet());
    missing.removeAll(listed);
    return missing;
  }

  /** Forgets the objects that left; their removals are added to the writes. */
  void release(List<Write<?, ?>> writes) {
    for (Ref ref : leaving) {
      Seen gone = Objects.requireNonNull(seen.remove(ref));
      if (gone.declared != null) {
        writes.add(write(kind, ref, null));
      }
      if (!gone.problems.isEmpty()) {
        writes.add(new Write<>(tables.problems(), ref, null));
      }
    }
    leaving = new LinkedHashSet<>(); // Replaced: clearing what was once large is not free.
  }

  /** How many objects there are, with those that are noted as gone. */
  int size() {
    return seen.size();
  }

  /** How many are noted as gone and not released. */
  int leaving() {
    return leaving.size();
  }

  /** The version of each object that is there. */
  Map<Ref, String> versions() {
    Map<Ref, String> versions = new HashMap<>();
    seen.forEach((ref, object) -> versions.put(ref, object.version));
    leaving.forEach(versions::remove);
    return versions;
  }

  Optional<String> version(Ref ref) {
    return leaving.contains(ref)
        ? Optional.empty()
        : Optional.ofNullable(seen.get(ref)).map(Seen::version);
  }

  @SuppressWarnings("unchecked") // The row was decoded as an object of this kind.
  private <S extends Record> Write<?, ?> write(
      ObjectKind<S> of, Ref ref, @Nullable Declared<?> declared) {
    return tables.write(of, ref, (Declared<S>) declared);
  }
}
