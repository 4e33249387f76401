package io.chancery.compile;

import io.chancery.crd.Kinds;
import io.chancery.crd.ObjectKind;
import io.chancery.engine.Write;
import io.chancery.model.Certificate;
import io.chancery.model.Checked;
import io.chancery.model.Ref;
import io.chancery.model.Route;
import io.chancery.source.Declared;
import io.chancery.source.ObjectTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last generation of each route and certificate that could be used, and writes it to
 * the tables when a newer one cannot. It is state, so it stands outside of the rules: they see it
 * as rows like any other.
 */
final class LastGood {
  private final Compilation tables;
  private final ObjectTables held;
  private final Map<Ref, Declared<?>> good = new HashMap<>();
  private final Set<Ref> inForce = new HashSet<>();

  /** What the checked row of an object says of its newest generation. */
  private enum Standing {
    GONE,
    GOOD,
    /** It cannot be used, and nothing serves in its place. */
    FAULTY,
    /** It cannot be used, and an earlier one serves in its place. */
    REPLACED
  }

  LastGood(Compilation tables, ObjectTables held) {
    this.tables = tables;
    this.held = held;
  }

  /** The writes that follow from what changed. */
  List<Write<?, ?>> follow(Changes changes) {
    List<Write<?, ?>> writes = new ArrayList<>();
    for (Ref ref : changes.routes()) {
      Standing standing = standing(tables.routes.rows().get(ref));
      if (ref.kind().equals(Kinds.ROUTE.name())) {
        follow(Kinds.ROUTE, ref, standing, writes);
      } else {
        follow(Kinds.HTTP_ROUTE, ref, standing, writes);
      }
    }
    for (Ref ref : changes.certificates()) {
      follow(Kinds.SECRET, ref, standing(tables.proven.rows().get(ref)), writes);
    }
    return writes;
  }

  private static Standing standing(@Nullable Route route) {
    if (route == null) {
      return Standing.GONE;
    }
    if (route.isFaulty()) {
      return Standing.FAULTY;
    }
    return route.stale().isEmpty() ? Standing.GOOD : Standing.REPLACED;
  }

  private static Standing standing(@Nullable Checked<Certificate> certificate) {
    return switch (certificate) {
      case null -> Standing.GONE;
      case Checked.Rejected<Certificate> _ -> Standing.FAULTY;
      case Checked.Ok<Certificate>(var proven) ->
          proven.stale().isEmpty() ? Standing.GOOD : Standing.REPLACED;
    };
  }

  private <S extends Record> void follow(
      ObjectKind<S> kind, Ref ref, Standing standing, List<Write<?, ?>> writes) {
    switch (standing) {
      case FAULTY -> {
        Declared<?> earlier = good.get(ref);
        if (earlier != null && inForce.add(ref)) {
          writes.add(held.write(kind, ref, cast(earlier)));
        }
      }
      case REPLACED -> {} // The earlier generation is in force, and stays.
      case GOOD -> {
        good.put(ref, tables.objects.of(kind).rows().get(ref));
        release(kind, ref, writes);
      }
      case GONE -> {
        good.remove(ref);
        release(kind, ref, writes);
      }
    }
  }

  private <S extends Record> void release(ObjectKind<S> kind, Ref ref, List<Write<?, ?>> writes) {
    if (inForce.remove(ref)) {
      writes.add(held.write(kind, ref, null));
    }
  }

  @SuppressWarnings(
      "unchecked") // What was remembered under a reference is of the kind that the reference names.
  private static <S extends Record> Declared<S> cast(Declared<?> declared) {
    return (Declared<S>) declared;
  }
}
