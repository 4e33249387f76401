package io.chancery.stream;

import static io.chancery.stream.Fixture.set;
import static io.chancery.xds.ResourceKind.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class XdsServerTest {
  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void refusesAHostThatOthersCanReach() {
    assertThatThrownBy(() ->
            new XdsServer(
                new XdsServer.Listen("0.0.0.0", 0),
                new Feed(fixture.store, fixture.nodes, () -> true),
                XdsMetrics.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.0.0.0")
        .hasMessageContaining("expected 127.0.0.1");
  }

  @Test
  void refusesStreamsUntilItIsReady() {
    fixture.ready = false;
    Conversation early = fixture.connect().subscribe(CLUSTER);
    assertThat(early.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    fixture.ready = true;
    fixture.connect().subscribe(CLUSTER).accept(CLUSTER);
  }

  @Test
  void sendsAFrozenClientNoMoreThanOneResponse() {
    fixture.publish(set(CLUSTER, "c", "0"));
    fixture.connect(false).subscribe(CLUSTER);
    await().until(() -> fixture.counts.responses.get() == 1);
    for (int version = 1; version <= 10_000; version++) {
      fixture.publish(set(CLUSTER, "c", "" + version));
    }
    Conversation lively = fixture.connect().subscribe(CLUSTER);
    lively.accept(CLUSTER);
    lively.nothingMore();
    assertThat(fixture.counts.responses).hasValue(3); // Two of them to the lively client.
  }

  @Test
  void forgetsANodeThatLeft() {
    try (Conversation client = fixture.connect()) {
      client.subscribe(CLUSTER).accept(CLUSTER);
      assertThat(fixture.nodes.nodes()).hasSize(1);
    }
    await().until(() -> fixture.nodes.nodes().isEmpty());
  }

  @Test
  void endsItsStreamsWhenItCloses() {
    Conversation client = fixture.connect().subscribe(CLUSTER);
    client.accept(CLUSTER);
    client.nothingMore();
    fixture.server.close();
    assertThat(client.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    fixture.server = fixture.start(0, Duration.ofSeconds(15));
  }
}
