package io.chancery.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.compile.Compilation;
import io.chancery.compile.Compiled;
import io.chancery.crd.FleetSpec;
import io.chancery.crd.Kinds;
import io.chancery.crd.Meta;
import io.chancery.engine.Write;
import io.chancery.model.Ref;
import io.chancery.source.Declared;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The cost of a change is the rows that read it, however large the world is. Counted, not timed.
 */
class WorldTest {

  private static Compiled change(World world) {
    return change(world, new FleetSpec(0, null, Map.of()));
  }

  private static Compiled change(World world, FleetSpec fleet) {
    Compilation compilation = new Compilation();
    List<Write<?, ?>> writes = new ArrayList<>(world.writes(compilation));
    writes.add(
        compilation
            .objects()
            .write(
                Kinds.FLEET,
                new Ref("Fleet", "", "default"),
                new Declared<>(new Meta("", "default", Map.of(), Map.of(), 1, null), fleet)));
    Compiled first = compilation.apply(writes);
    assertThat(first.outcome().failures()).isEmpty();
    assertThat(first.statuses().values())
        .allSatisfy(s -> assertThat(s.orElseThrow().problems()).isEmpty());
    return compilation.apply(List.of(world.route(7, "/changed", compilation.objects())));
  }

  @Test
  void oneChangedRouteRecomputesAsManyRowsAmongTenThousandAsAmongAHundred() {
    Compiled small = change(new World(100, 20));
    Compiled large = change(new World(10_000, 2_000));
    assertThat(large.outcome().recomputed()).isEqualTo(small.outcome().recomputed());
    assertThat(large.outcome().totalRecomputed()).isLessThan(30);
    assertThat(large.changes()).extracting(ResourceChange::kind).hasSize(1);
    assertThat(large.changes().getFirst().touched()).as("the routes of one host").hasSize(5);
  }

  @Test
  void oneChangedRouteRecomputesOneShardHoweverManyThereAre() {
    Compiled small = change(new World(100, 20), scoped(4));
    Compiled large = change(new World(10_000, 2_000), scoped(256));
    assertThat(large.outcome().recomputed()).isEqualTo(small.outcome().recomputed());
    assertThat(large.outcome().recomputed()).containsEntry("compile.shards", 1);
    assertThat(large.outcome().totalRecomputed()).isLessThan(30);
    assertThat(large.changes())
        .singleElement()
        .satisfies(change -> {
          assertThat(change.kind()).isEqualTo(ResourceKind.ROUTE_CONFIGURATION);
          assertThat(change.touched()).as("the routes of one host").hasSize(5);
          assertThat(change.resource().orElseThrow().bytes().size())
              .as("bytes of 8 hosts, more or less")
              .isLessThan(100_000);
        });
  }

  private static FleetSpec scoped(int shards) {
    return new FleetSpec(
        0,
        new FleetSpec.RouteTables(FleetSpec.Type.Scoped, new FleetSpec.Scoped(shards, false)),
        Map.of());
  }
}
