package io.chancery.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.crd.FleetSpec;
import io.chancery.crd.Kinds;
import io.chancery.engine.Write;
import io.chancery.model.Ref;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every source keeps, whatever it watches. */
public abstract class SourceContract {
  private final ObjectTables tables = new ObjectTables();
  private final List<Source> started = new ArrayList<>();
  private @Nullable Place opened;

  /** Where the objects of a test are declared: fleets, told apart by their trusted hops. */
  protected interface Place {

    /** A source that watches this place. */
    Source open();

    void put(String name, int hops) throws Exception;

    void delete(String name) throws Exception;

    /** Makes an object undecodable; does nothing where that cannot be. */
    void malform(String name) throws Exception;

    /** Makes the place unreadable; does nothing where that cannot be. */
    void loseSight() throws Exception;

    void regainSight() throws Exception;

    /** Makes a source look at everything again. */
    void resync(Source source) throws Exception;
  }

  /** Opens an empty place. */
  protected abstract Place place(ObjectTables tables) throws Exception;

  @BeforeEach
  void open() throws Exception {
    opened = place(tables);
  }

  @AfterEach
  void close() {
    started.forEach(Source::close);
  }

  @Test
  void theFirstBatchHoldsAllThereIs() throws Exception {
    place().put("a", 1);
    place().put("b", 2);
    Received received = start();
    received.awaitFirst();
    assertThat(received.fleets(received.batches().getFirst())).hasSize(2);
    assertThat(received.fleets()).isEqualTo(Map.of("a", 1, "b", 2));
  }

  @Test
  void theFirstBatchComesEvenIfThereIsNothing() throws Exception {
    Received received = start();
    received.awaitFirst();
    assertThat(received.batches()).hasSize(1);
    assertThat(received.fleets(received.batches().getFirst())).isEmpty();
  }

  @Test
  void handsOverFromAThreadOfItsOwn() throws Exception {
    Received received = start();
    received.awaitFirst();
    assertThat(received.threads()).doesNotContain(Thread.currentThread());
  }

  @Test
  void laterBatchesHoldWhatWasAddedChangedAndDeleted() throws Exception {
    place().put("a", 1);
    place().put("b", 1);
    Received received = start();
    received.await(Map.of("a", 1, "b", 1));
    place().put("c", 1);
    received.await(Map.of("a", 1, "b", 1, "c", 1));
    place().put("a", 2);
    received.await(Map.of("a", 2, "b", 1, "c", 1));
    place().delete("b");
    received.await(Map.of("a", 2, "c", 1));
    assertThat(received.batches().stream().skip(1).flatMap(List::stream)).hasSize(3);
  }

  @Test
  void whatIsMalformedKeepsItsLastGoodVersion() throws Exception {
    place().put("a", 1);
    Received received = start();
    received.awaitFirst();
    place().malform("a");
    place().put("b", 1);
    received.await(Map.of("a", 1, "b", 1));
    place().put("a", 2);
    received.await(Map.of("a", 2, "b", 1));
  }

  @Test
  void nothingIsDeletedBecauseItCannotBeSeen() throws Exception {
    place().put("a", 1);
    place().put("b", 1);
    Received received = start();
    received.awaitFirst();
    place().loseSight();
    place().resync(started.getFirst());
    place().regainSight();
    place().put("b", 2);
    received.await(Map.of("a", 1, "b", 2));
    assertThat(received.deleted()).isEmpty();
  }

  @Test
  void aResyncHandsOverNothingThatIsTheSame() throws Exception {
    place().put("a", 1);
    place().put("b", 1);
    Received received = start();
    received.awaitFirst();
    place().resync(started.getFirst());
    place().put("b", 2);
    received.await(Map.of("a", 1, "b", 2));
    assertThat(received.batches().stream().skip(1).flatMap(List::stream))
        .extracting(write -> ((Ref) write.key()).name())
        .containsOnly("b");
  }

  @Test
  void nothingComesAfterTheEnd() throws Exception {
    Received received = start();
    received.awaitFirst();
    started.getFirst().close();
    place().put("a", 1);
    // That another source has seen the change shows that the first had the time to.
    start().await(Map.of("a", 1));
    assertThat(received.batches()).hasSize(1);
  }

  protected final Place place() {
    return Objects.requireNonNull(opened);
  }

  private Received start() {
    Source source = place().open();
    started.add(source);
    Received received = new Received(tables);
    source.start(received::accept);
    return received;
  }

  /** What a sink was given. */
  private static final class Received {
    private final ObjectTables tables;
    private final List<List<Write<?, ?>>> batches = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    Received(ObjectTables tables) {
      this.tables = tables;
    }

    synchronized void accept(List<Write<?, ?>> batch) {
      batches.add(batch);
      threads.add(Thread.currentThread());
    }

    synchronized List<List<Write<?, ?>>> batches() {
      return List.copyOf(batches);
    }

    synchronized List<Thread> threads() {
      return List.copyOf(threads);
    }

    void awaitFirst() {
      Awaitility.await().until(() -> !batches().isEmpty());
    }

    void await(Map<String, Integer> fleets) {
      Awaitility.await().untilAsserted(() -> assertThat(fleets()).isEqualTo(fleets));
    }

    /** The fleets that there are after all batches, with their hops. */
    Map<String, Integer> fleets() {
      Map<String, Integer> fleets = new TreeMap<>();
      for (Write<?, ?> write : writes()) {
        String name = ((Ref) write.key()).name();
        if (write.row() instanceof Declared<?>(var meta, FleetSpec(Integer hops, var _, var _))) {
          fleets.put(name, hops);
        } else {
          fleets.remove(name);
        }
      }
      return fleets;
    }

    List<Write<?, ?>> deleted() {
      return writes().stream().filter(write -> write.row() == null).toList();
    }

    private List<Write<?, ?>> writes() {
      return fleets(batches().stream().flatMap(List::stream).toList());
    }

    /** A place may hold other kinds by itself: an API server has namespaces of its own. */
    List<Write<?, ?>> fleets(List<Write<?, ?>> batch) {
      return batch.stream().filter(write -> write.table() == tables.of(Kinds.FLEET)).toList();
    }
  }
}
