package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where requests go: weights, backends of each kind, references that fail, grants. */
class BackendTrafficTest {
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
  void weightsAreShares() {
    try (Upstream most = new Upstream("most");
        Upstream few = new Upstream("few");
        RunningGateway gateway =
            new RunningGateway(
                RunningGateway.GATEWAY,
                route(
                    """
                    - backendRefs: [{name: most, port: 80, weight: 3}, {name: few, port: 80, weight: 1}]
                    - matches: [{path: {value: /partly}}]
                      backendRefs: [{name: most, port: 80}, {name: gone, port: 80}]
                    """),
                most.asService("most"),
                few.asService("few"))) {
      for (int i = 0; i < 200; i++) {
        assertThat(gateway.get("a.example", "/").status()).isEqualTo(200);
      }
      // Of 200 with a share of a quarter: more than six standard deviations to either side.
      assertThat(few.requests()).isBetween(12, 88);
      int failed = 0;
      for (int i = 0; i < 100; i++) {
        int status = gateway.get("a.example", "/partly").status();
        assertThat(status).isIn(200, 500);
        failed += status == 500 ? 1 : 0;
      }
      assertThat(failed).as("the share of the backend that is gone").isBetween(15, 85);
    }
  }

  @Test
  void everyKindOfBackendServes() {
    try (Upstream orders = new Upstream("orders");
        RunningGateway gateway =
            new RunningGateway(
                RunningGateway.GATEWAY,
                """
                apiVersion: chancery.io/v1alpha1
                kind: Backend
                metadata: {name: fixed, namespace: shop}
                spec: {static: {endpoints: [{address: 127.0.0.1, port: %1$d}]}}
                ---
                apiVersion: chancery.io/v1alpha1
                kind: Backend
                metadata: {name: named, namespace: shop}
                spec: {dns: {host: localhost, port: %1$d}}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: empty, namespace: shop}
                spec: {ports: [{port: 80}]}
                """
                    .formatted(orders.port()),
                route(
                    """
                    - matches: [{path: {value: /static}}]
                      backendRefs: [{group: chancery.io, kind: Backend, name: fixed}]
                    - matches: [{path: {value: /dns}}]
                      backendRefs: [{group: chancery.io, kind: Backend, name: named}]
                    - matches: [{path: {value: /empty}}]
                      backendRefs: [{name: empty, port: 80}]
                    - matches: [{path: {value: /gone}}]
                      backendRefs: [{name: gone, port: 80}]
                    """))) {
      assertThat(gateway.get("a.example", "/static").status()).isEqualTo(200);
      gateway.awaitStatus(200, "a.example", "/dns");
      assertThat(gateway.get("a.example", "/empty").status()).as("no endpoint").isEqualTo(503);
      assertThat(gateway.get("a.example", "/gone").status()).as("no backend").isEqualTo(500);
      assertThat(gateway.conditions("HTTPRoute", "orders"))
          .containsEntry("ResolvedRefs", "False BackendNotFound");
    }
  }

  @Test
  void endpointsFollowTheirFiles() {
    try (Upstream first = new Upstream("first");
        Upstream second = new Upstream("second");
        RunningGateway gateway =
            new RunningGateway(
                RunningGateway.GATEWAY, route("- backendRefs: [{name: orders, port: 80}]"))) {
      assertThat(gateway.get("a.example", "/").status()).isEqualTo(500);
      gateway.write("service.yaml", first.asService("orders"));
      assertThat(gateway.awaitStatus(200, "a.example", "/").upstream()).isEqualTo("first");
      gateway.write("service.yaml", second.asService("orders"));
      org.awaitility.Awaitility.await()
          .until(() -> gateway.get("a.example", "/").upstream().equals("second"));
      gateway.delete("service.yaml");
      gateway.awaitStatus(500, "a.example", "/");
    }
  }

  @Test
  void aBackendOfAnotherNamespaceNeedsAGrant() {
    try (Upstream orders = new Upstream("orders");
        RunningGateway gateway =
            new RunningGateway(
                RunningGateway.GATEWAY,
                route("- backendRefs: [{name: orders, namespace: team, port: 80}]"),
                orders.asService("orders").replace("namespace: shop", "namespace: team"))) {
      assertThat(gateway.get("a.example", "/").status()).isEqualTo(500);
      gateway.write(
          "grant.yaml",
          """
          apiVersion: gateway.networking.k8s.io/v1
          kind: ReferenceGrant
          metadata: {name: shop, namespace: team}
          spec:
            from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop}]
            to: [{group: "", kind: Service}]
          """);
      gateway.awaitStatus(200, "a.example", "/");
      gateway.delete("grant.yaml");
      gateway.awaitStatus(500, "a.example", "/");
    }
  }
}
