package io.chancery.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulator against both servers, small: that it counts rightly, and nothing about time. */
class FleetTest {
  private static final FleetWorld WORLD = new FleetWorld(100);
  private static final int NODES = 20;
  private static final Fleet.Plan PLAN = new Fleet.Plan(NODES, 5, Duration.ofSeconds(20));

  @ParameterizedTest
  @EnumSource
  void everyNodeGetsEverythingOnce(BenchServer.Kind kind) {
    try (BenchServer server = kind.start(WORLD);
        Fleet fleet = new Fleet(WORLD, PLAN, server.port())) {
      Duration _ = fleet.open();
      assertThat(fleet.total().resources()).isEqualTo(NODES * 100L);
      assertThat(fleet.total().repeated()).isZero();
      assertThat(fleet.violations()).isEmpty();
      assertThat(fleet.hash()).isNotZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aChangeIsOneResourceForEachNode(BenchServer.Kind kind) {
    Mutations mutations = new Mutations(WORLD, 1);
    try (BenchServer server = kind.start(WORLD);
        Fleet fleet = new Fleet(WORLD, PLAN, server.port())) {
      Duration _ = fleet.open();
      Traffic.Total before = fleet.total();
      for (int i = 0; i < 5; i++) {
        assertThat(fleet.change(mutations.route(), server).count()).isEqualTo(NODES);
        assertThat(fleet.change(mutations.endpoint(), server).count()).isEqualTo(NODES);
      }
      Traffic.Total changes = fleet.total().since(before);
      assertThat(changes.resources()).isEqualTo(10L * NODES);
      assertThat(changes.responses()).isEqualTo(10L * NODES);
      assertThat(fleet.violations()).isEmpty();
      long _ = fleet.hash();
    }
  }

  @Test
  void reconnectingNodesAreSentNothingButTheChange() {
    Mutations mutations = new Mutations(WORLD, 1);
    try (BenchServer server = BenchServer.Kind.CHANCERY.start(WORLD);
        Fleet fleet = new Fleet(WORLD, PLAN, server.port())) {
      Duration _ = fleet.open();
      fleet.cut();
      Traffic.Total before = fleet.total();
      Duration _ = fleet.reopen(mutations.route(), server);
      assertThat(fleet.total().since(before).resources()).isEqualTo(NODES);
      assertThat(fleet.violations()).isEmpty();
      long _ = fleet.hash();
    }
  }

  @Test
  void routesMoveAfterTheirClusterCameAndBeforeItGoes() {
    Mutations mutations = new Mutations(WORLD, 1);
    try (BenchServer server = BenchServer.Kind.CHANCERY.start(WORLD);
        Fleet fleet = new Fleet(WORLD, PLAN, server.port())) {
      Duration _ = fleet.open();
      for (int i = 0; i < 4; i++) {
        Acks _ = fleet.change(mutations.move(), server);
      }
      assertThat(fleet.violations()).isEmpty();
      long _ = fleet.hash();
    }
  }

  @Test
  void nodesThatDoNotReadGetTheNewestOnly() {
    Mutations mutations = new Mutations(WORLD, 1);
    try (BenchServer server = BenchServer.Kind.CHANCERY.start(WORLD);
        Fleet fleet = new Fleet(WORLD, PLAN, server.port())) {
      Duration _ = fleet.open();
      fleet.stopReading(10);
      for (int i = 0; i < 50; i++) {
        assertThat(fleet.change(mutations.route(), server).count()).isEqualTo(NODES - 2);
      }
      Traffic.Total before = fleet.total();
      Duration _ = fleet.readAll();
      assertThat(fleet.total().since(before).responses()).isLessThanOrEqualTo(2 * 2);
      assertThat(fleet.violations()).isEmpty();
      long _ = fleet.hash();
    }
  }

  @Test
  void whatIsRefusedIsOfferedOnce() {
    Mutations mutations = new Mutations(WORLD, 1);
    try (BenchServer server = BenchServer.Kind.CHANCERY.start(WORLD);
        Fleet fleet = new Fleet(WORLD, PLAN, server.port())) {
      Duration _ = fleet.open();
      Mutation refused = mutations.route();
      fleet.refuse(10, Set.of(refused.changes().getFirst().number()));
      assertThat(fleet.change(refused, server).count()).isEqualTo(NODES);
      assertThat(fleet.change(mutations.endpoint(), server).count()).isEqualTo(NODES);
      assertThat(fleet.total().refused()).isEqualTo(2);
      assertThat(fleet.violations()).isEmpty();
    }
  }

  /** Otherwise all of the above proves nothing. */
  @Test
  void aServerThatPublishesSomethingElseIsFound() {
    FleetWorld other = new FleetWorld(101);
    try (BenchServer server = BenchServer.Kind.CHANCERY.start(other);
        Fleet fleet =
            new Fleet(WORLD, new Fleet.Plan(1, 1, Duration.ofSeconds(2)), server.port())) {
      assertThatExceptionOfType(VoidRunException.class)
          .isThrownBy(fleet::open)
          .withMessageContaining("did not ACK");
    }
  }
}
