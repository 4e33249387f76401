package io.chancery.source;

import static java.util.Objects.requireNonNull;

import io.chancery.crd.Kinds;
import io.chancery.crd.ObjectKind;
import io.chancery.engine.Table;
import io.chancery.engine.Write;
import io.chancery.model.Problem;
import io.chancery.model.Ref;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The source tables: one for each kind, and one for the problems of what could not be decoded. */
public final class ObjectTables {
  private final Map<ObjectKind<?>, Table.Source<Ref, ?>> byKind = new LinkedHashMap<>();
  private final Table.Source<Ref, List<Problem>> problems = new Table.Source<>("source.problems");

  public ObjectTables() {
    Kinds.ALL.forEach(kind -> byKind.put(kind, new Table.Source<>("source." + kind.name())));
  }

  /** The table of a kind. */
  @SuppressWarnings("unchecked") // The constructor pairs each kind with a table of its own record.
  public <S extends Record> Table.Source<Ref, Declared<S>> of(ObjectKind<S> kind) {
    return (Table.Source<Ref, Declared<S>>)
        (Table.Source<Ref, ?>) requireNonNull(byKind.get(kind), kind.name());
  }

  /**
   * Problems of objects as their source sees them: not decodable, named twice. The key is the
   * object, or {@code File} and its path where no object can be told. An object here may have a row
   * in its own table too: its last good one.
   */
  public Table.Source<Ref, List<Problem>> problems() {
    return problems;
  }

  /** A write of an object. */
  public <S extends Record> Write<Ref, Declared<S>> write(
      ObjectKind<S> kind, Ref ref, @Nullable Declared<S> row) {
    return new Write<>(of(kind), ref, row);
  }

  /** All tables, for the head of the pipeline. */
  public List<Table.Source<Ref, ?>> all() {
    List<Table.Source<Ref, ?>> all = new ArrayList<>(byKind.values());
    all.add(problems);
    return List.copyOf(all);
  }
}
