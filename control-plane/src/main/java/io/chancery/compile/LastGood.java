package io.chancery.compile;

import io.chancery.crd.Kinds;
import io.chancery.crd.ObjectKind;
import io.chancery.engine.Write;
import io.chancery.model.Ref;
import io.chancery.model.Route;
import io.chancery.source.Declared;
import io.chancery.source.ObjectTables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last generation of each route that could be used, and writes it to the tables when
 * a newer one cannot. It is state, so it stands outside of the rules: they see it as rows like any
 * other.
 */
final class LastGood {
  private final ObjectTables objects;
  private final ObjectTables held;
  private final Map<Ref, Declared<?>> good = new HashMap<>();
  private final Set<Ref> inForce = new HashSet<>();

  LastGood(ObjectTables objects, ObjectTables held) {
    this.objects = objects;
    this.held = held;
  }

  /** The writes that follow from routes that changed. */
  List<Write<?, ?>> follow(Collection<Ref> changed, Map<Ref, Route> routes) {
    List<Write<?, ?>> writes = new ArrayList<>();
    for (Ref ref : changed) {
      Route route = routes.get(ref);
      if (ref.kind().equals(Kinds.ROUTE.name())) {
        follow(Kinds.ROUTE, ref, route, writes);
      } else {
        follow(Kinds.HTTP_ROUTE, ref, route, writes);
      }
    }
    return writes;
  }

  private <S extends Record> void follow(
      ObjectKind<S> kind, Ref ref, @Nullable Route route, List<Write<?, ?>> writes) {
    if (route != null && route.isFaulty()) {
      Declared<?> earlier = good.get(ref);
      if (earlier != null && inForce.add(ref)) {
        writes.add(held.write(kind, ref, cast(earlier)));
      }
      return;
    }
    if (route == null) {
      good.remove(ref);
    } else if (route.stale().isEmpty()) {
      good.put(ref, objects.of(kind).rows().get(ref));
    } else {
      return; // The earlier generation is in force, and stays.
    }
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
