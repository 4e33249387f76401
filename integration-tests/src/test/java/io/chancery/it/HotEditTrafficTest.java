package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.stream.XdsMetrics;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Edits and restarts under traffic: no request fails. */
class HotEditTrafficTest {

  private static String route(String rules) {
    return """
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: orders, namespace: shop}
    spec:
      parentRefs: [{name: edge}]
      rules:
    """
        + rules.indent(2);
  }

  @Test
  void editsUnderTrafficFailNoRequest() {
    try (Upstream first = new Upstream("first");
        Upstream second = new Upstream("second");
        RunningGateway gateway =
            new RunningGateway(
                RunningGateway.GATEWAY, first.asService("first"), second.asService("second"))) {
      gateway.write("route.yaml", route("- backendRefs: [{name: first, port: 80}]"));
      gateway.awaitStatus(200, "a.example", "/");
      try (SteadyTraffic traffic = new SteadyTraffic(gateway.port())) {
        for (int i = 0; i < 5; i++) {
          edit(
              gateway,
              traffic,
              route(
                  "- backendRefs: [{name: first, port: 80, weight: 1}, {name: second, port: 80, weight: "
                      + (i + 1)
                      + "}]"));
          edit(
              gateway,
              traffic,
              route("- name: n" + i + "\n  backendRefs: [{name: second, port: 80}]"));
          gateway.write("more" + i + ".yaml", first.asService("extra" + i));
          edit(gateway, traffic, route("- backendRefs: [{name: extra" + i + ", port: 80}]"));
          edit(gateway, traffic, route("- backendRefs: [{name: first, port: 80}]"));
          gateway.delete("more" + i + ".yaml");
        }
        assertThat(traffic.stop()).as("failures of %d requests", traffic.count()).isEmpty();
      }
      gateway.assertNothingRefused();
    }
  }

  @Test
  void aRouteThatMovesBetweenClusters200TimesFailsNoRequest() {
    try (Upstream first = new Upstream("first");
        Upstream second = new Upstream("second");
        RunningGateway gateway =
            new RunningGateway(
                RunningGateway.GATEWAY, first.asService("first"), second.asService("second"))) {
      gateway.write("route.yaml", route("- backendRefs: [{name: first, port: 80}]"));
      gateway.awaitStatus(200, "a.example", "/");
      try (SteadyTraffic traffic = new SteadyTraffic(gateway.port(), 500)) {
        for (int i = 0; i < 100; i++) {
          apply(gateway, route("- backendRefs: [{name: second, port: 80}]"));
          apply(gateway, route("- backendRefs: [{name: first, port: 80}]"));
        }
        assertThat(traffic.stop()).as("failures of %d requests", traffic.count()).isEmpty();
        assertThat(traffic.count()).isGreaterThan(200);
      }
      gateway.assertNothingRefused();
    }
  }

  /** Changes the route, and waits until the Envoy has the change. */
  private static void apply(RunningGateway gateway, String yaml) {
    long before = gateway.plane().store().revision();
    gateway.write("route.yaml", yaml);
    org.awaitility.Awaitility.await()
        .pollInterval(java.time.Duration.ofMillis(2))
        .until(() -> gateway.plane().store().revision() > before);
    gateway.awaitSettled();
  }

  /** An edit, and then some requests that see it. */
  private static void edit(RunningGateway gateway, SteadyTraffic traffic, String yaml) {
    apply(gateway, yaml);
    traffic.awaitMore(10);
  }

  @Test
  void aRestartOfTheControlPlaneFailsNoRequestAndSendsNothingAgain() {
    try (Upstream orders = new Upstream("orders");
        RunningGateway gateway =
            new RunningGateway(
                RunningGateway.GATEWAY,
                route("- backendRefs: [{name: orders, port: 80}]"),
                orders.asService("orders"))) {
      AtomicInteger sent = new AtomicInteger();
      XdsMetrics counting =
          new XdsMetrics() {
            @Override
            public void pushed(String fleet, String kind, int resources, int removed, int bytes) {
              sent.addAndGet(resources + removed);
            }
          };
      try (SteadyTraffic traffic = new SteadyTraffic(gateway.port())) {
        traffic.awaitMore(20);
        gateway.restartControlPlane(counting);
        gateway.awaitSettled();
        traffic.awaitMore(20);
        assertThat(sent).as("resources sent again").hasValue(0);
        gateway.write(
            "more.yaml",
            route("- {matches: [{path: {value: /new}}]}").replace("name: orders,", "name: new,"));
        gateway.awaitStatus(500, "a.example", "/new");
        assertThat(traffic.stop()).as("failures of %d requests", traffic.count()).isEmpty();
      }
    }
  }
}
