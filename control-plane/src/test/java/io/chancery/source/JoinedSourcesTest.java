package io.chancery.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.crd.FleetSpec;
import io.chancery.crd.Kinds;
import io.chancery.engine.Pipeline;
import io.chancery.engine.Write;
import io.chancery.model.Ref;
import io.chancery.source.JoinedSources.Named;
import io.chancery.source.MemorySourceTest.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JoinedSourcesTest {

  /** A joined source is a source. */
  @Nested
  class ContractTest extends SourceContract {
    @Override
    protected Place place(ObjectTables tables) {
      Memory memory = new Memory(tables);
      return new Joined(memory, tables);
    }
  }

  @Test
  void anObjectBelongsToTheSourceThatNamedItFirst() {
    try (Run run = new Run()) {
      run.first.put("a", 1);
      run.second.put("a", 2);
      run.start();
      run.await(Map.of("a", 1), "the source two declares what one has already; the first counts");
      run.second.put("a", 3);
      run.second.put("b", 3);
      run.await(
          Map.of("a", 1, "b", 3), "the source two declares what one has already; the first counts");
      run.first.delete("a");
      run.await(Map.of("a", 3, "b", 3));
      run.first.put("a", 1);
      run.await(
          Map.of("a", 3, "b", 3), "the source one declares what two has already; the first counts");
      run.first.delete("a");
      run.second.delete("a");
      run.await(Map.of("b", 3));
    }
  }

  @Test
  void thereIsNoBatchBeforeEachSourceHasHandedOver() {
    ObjectTables tables = new ObjectTables();
    Manual early = new Manual();
    Manual late = new Manual();
    List<List<Write<?, ?>>> batches = new ArrayList<>();
    try (JoinedSources joined =
        new JoinedSources(List.of(new Named("late", late), new Named("early", early)), tables)) {
      joined.start(batches::add);
      early.hand(List.of(new Memory(tables).write("a", 1)));
      early.hand(List.of(new Memory(tables).write("b", 1)));
      assertThat(batches).isEmpty();
      late.hand(List.of());
      assertThat(batches).singleElement().satisfies(batch -> assertThat(batch).hasSize(2));
    }
  }

  /** Hands over when a test says so. */
  private static final class Manual implements Source {
    private Consumer<List<Write<?, ?>>> sink = _ -> {};

    @Override
    public void start(Consumer<List<Write<?, ?>>> sink) {
      this.sink = sink;
    }

    void hand(List<Write<?, ?>> batch) {
      sink.accept(batch);
    }

    @Override
    public void close() {}
  }

  private record Joined(Memory memory, ObjectTables tables) implements SourceContract.Place {
    @Override
    public Source open() {
      Source empty = new MemorySource(List.of());
      return new JoinedSources(
          List.of(new Named("one", memory.open()), new Named("two", empty)), tables);
    }

    @Override
    public void put(String name, int hops) {
      memory.put(name, hops);
    }

    @Override
    public void delete(String name) {
      memory.delete(name);
    }

    @Override
    public void malform(String name) {}

    @Override
    public void loseSight() {}

    @Override
    public void regainSight() {}

    @Override
    public void resync(Source source) {
      memory.resync(source);
    }
  }

  /** Two sources, joined, and the tables that they fill. */
  private static final class Run implements AutoCloseable {
    private final ObjectTables tables = new ObjectTables();
    private final Memory first = new Memory(tables);
    private final Memory second = new Memory(tables);
    private final Pipeline pipeline = new Pipeline(tables.all());
    private final JoinedSources joined =
        new JoinedSources(
            List.of(new Named("one", first.open()), new Named("two", second.open())), tables);

    void start() {
      joined.start(this::apply);
    }

    private synchronized void apply(List<Write<?, ?>> batch) {
      pipeline.apply(batch, () -> {});
    }

    void await(Map<String, Integer> fleets, String... problems) {
      Awaitility.await()
          .untilAsserted(() -> {
            assertThat(fleets()).isEqualTo(fleets);
            assertThat(problems()).containsExactly(problems);
          });
    }

    private synchronized Map<String, Integer> fleets() {
      Map<String, Integer> fleets = new TreeMap<>();
      for (Map.Entry<Ref, Declared<FleetSpec>> row : tables.of(Kinds.FLEET).rows().entrySet()) {
        fleets.put(row.getKey().name(), row.getValue().spec().trustedHops());
      }
      return fleets;
    }

    private synchronized List<String> problems() {
      return tables.problems().rows().values().stream()
          .flatMap(List::stream)
          .map(problem -> problem.message())
          .toList();
    }

    @Override
    public void close() {
      joined.close();
    }
  }
}
