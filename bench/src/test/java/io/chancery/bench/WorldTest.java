package io.chancery.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.compile.Compilation;
import io.chancery.compile.Compiled;
import io.chancery.xds.ResourceChange;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The cost of a change is the rows that read it, however large the world is. Counted, not timed.
 */
class WorldTest {

  private static Compiled change(World world) {
    Compilation compilation = new Compilation();
    Compiled first = compilation.apply(world.writes(compilation));
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
}
