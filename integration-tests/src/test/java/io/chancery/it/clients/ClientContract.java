package io.chancery.it.clients;

import static io.chancery.xds.ResourceKind.CLUSTER;
import static io.chancery.xds.ResourceKind.ENDPOINTS;
import static io.chancery.xds.ResourceKind.LISTENER;
import static io.chancery.xds.ResourceKind.ROUTE_CONFIGURATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each client has to get, in its own way to ask: a listener, routes, clusters, endpoints. */
abstract class ClientContract {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Served served = new Served();
  private Backend first;
  private Backend second;
  private Client client;

  abstract Backend backend(String name);

  /** What this kind of client takes for a listener of these routes. */
  abstract Listener listener(String name, String routes);

  /** Starts a client of the server on a port of the loopback interface. */
  abstract Client client(int xdsPort) throws Exception;

  /** Where resources say that others are to be found. */
  ConfigSource source() {
    return Messages.ADS;
  }

  /**
   * Whether a client that comes again says what it has of each name: only the incremental form lets
   * it. Without, what is gone since cannot be taken away after what took its place.
   */
  abstract boolean tellsWhatItHolds();

  /** Whether a change that needs several types loses no request. */
  boolean keepsOrder() {
    return true;
  }

  /** What the client says while it has no listener. */
  abstract String without();

  @BeforeEach
  void start() throws Exception {
    client = client(served.port());
    first = backend("first");
    second = backend("second");
    cluster("one", first);
    route("one");
    served.set(LISTENER, "shop", listener("shop", "routes")).publish();
    awaitAnswer("first");
  }

  private void cluster(String name, Backend backend) {
    served
        .set(CLUSTER, name, Messages.cluster(name, source()))
        .set(ENDPOINTS, name, Messages.endpoints(name, backend.port()));
  }

  private void route(String cluster) {
    served.set(ROUTE_CONFIGURATION, "routes", Messages.routes("routes", cluster));
  }

  private void awaitAnswer(String answer) {
    await().atMost(LIMIT).until(client::ask, answer::equals);
  }

  @AfterEach
  void stop() {
    if (client != null) {
      client.close();
    }
    served.close();
    first.close();
    second.close();
  }

  private void nothingWasRefused() {
    assertThat(served.refusals()).isEmpty();
  }

  /** The route moves to a new cluster, and the old one goes: no request is lost. */
  @Test
  void followsAChange() {
    try (Traffic traffic = new Traffic(client)) {
      moves();
      served.publish();
      awaitAnswer("second");
      served.set(ENDPOINTS, "two", Messages.endpoints("two", first.port())).publish();
      awaitAnswer("first");
      traffic.goesOn();
      lostNothing(traffic);
    }
    nothingWasRefused();
  }

  /** What is removed is gone, and what is born again is there. */
  @Test
  void followsARemoval() {
    served.remove(LISTENER, "shop").publish();
    await().atMost(LIMIT).until(client::ask, answer -> answer.contains(without()));
    served.set(LISTENER, "shop", listener("shop", "routes")).publish();
    awaitAnswer("first");
    nothingWasRefused();
  }

  @Test
  void survivesALostConnection() {
    try (Traffic traffic = new Traffic(client)) {
      int before = served.connections();
      served.cut();
      await().atMost(LIMIT).until(() -> served.connections() > before);
      awaitAccepted();
      traffic.goesOn();
      traffic.answeredOnlyBy("first");
      moves();
      served.publish();
      awaitAnswer("second");
      lostNothing(traffic);
    }
    nothingWasRefused();
  }

  /** What changes while there is no server is made up for, if the client tells what it has. */
  @Test
  void survivesARestart() {
    try (Traffic traffic = new Traffic(client)) {
      moves();
      if (tellsWhatItHolds()) {
        served.restart(served::publish);
      } else {
        served.restart(() -> {});
        awaitAccepted();
        traffic.goesOn();
        traffic.answeredOnlyBy("first");
        served.publish();
      }
      awaitAnswer("second");
      awaitAccepted();
      lostNothing(traffic);
    }
    nothingWasRefused();
  }

  private void lostNothing(Traffic traffic) {
    if (keepsOrder()) {
      traffic.answeredOnlyBy("first", "second");
    }
  }

  private void moves() {
    cluster("two", second);
    route("two");
    served.remove(CLUSTER, "one").remove(ENDPOINTS, "one");
  }

  private void awaitAccepted() {
    await()
        .atMost(LIMIT)
        .until(() -> served.isAccepted(LISTENER, ROUTE_CONFIGURATION, CLUSTER, ENDPOINTS));
  }
}
