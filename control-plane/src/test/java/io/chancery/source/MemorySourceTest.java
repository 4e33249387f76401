package io.chancery.source;

import io.chancery.crd.FleetSpec;
import io.chancery.crd.Kinds;
import io.chancery.crd.Meta;
import io.chancery.engine.Write;
import io.chancery.model.Ref;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

class MemorySourceTest extends SourceContract {

  @Override
  protected Place place(ObjectTables tables) {
    return new Memory(tables);
  }

  /** Objects of a program, and the sources that it tells of them. */
  static final class Memory implements Place {
    private final ObjectTables tables;
    private final Map<String, Integer> fleets = new LinkedHashMap<>();
    private final List<MemorySource> sources = new ArrayList<>();

    Memory(ObjectTables tables) {
      this.tables = tables;
    }

    @Override
    public Source open() {
      MemorySource source = new MemorySource(all());
      sources.add(source);
      return source;
    }

    @Override
    public void put(String name, int hops) {
      fleets.put(name, hops);
      sources.forEach(source -> source.put(List.of(write(name, hops))));
    }

    @Override
    public void delete(String name) {
      fleets.remove(name);
      sources.forEach(source -> source.put(List.of(write(name, null))));
    }

    @Override
    public void malform(String name) {}

    @Override
    public void loseSight() {}

    @Override
    public void regainSight() {}

    @Override
    public void resync(Source source) {
      sources.forEach(each -> each.put(all()));
    }

    private List<Write<?, ?>> all() {
      List<Write<?, ?>> writes = new ArrayList<>();
      fleets.forEach((name, hops) -> writes.add(write(name, hops)));
      return writes;
    }

    Write<?, ?> write(String name, @Nullable Integer hops) {
      Meta meta = new Meta("", name, Map.of(), Map.of(), 1, null);
      Declared<FleetSpec> row =
          hops == null ? null : new Declared<>(meta, new FleetSpec(hops, null, Map.of()));
      return tables.write(Kinds.FLEET, new Ref("Fleet", "", name), row);
    }
  }
}
