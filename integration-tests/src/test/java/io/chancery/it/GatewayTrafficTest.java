package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Listeners: their hosts, isolation between them, and what is on none of them. */
class GatewayTrafficTest {
  private static final String LISTENERS =
      RunningGateway.GATEWAY
          + """
            - {name: exact, port: ${port}, protocol: HTTP, hostname: own.shop.example}
          """;

  @Test
  void aHostBelongsToItsMostSpecificListenerAlone() {
    try (Upstream orders = new Upstream("orders");
        RunningGateway gateway =
            new RunningGateway(
                LISTENERS,
                """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: orders, namespace: shop}
                spec:
                  parentRefs: [{name: edge, sectionName: http}]
                  hostnames: [api.shop.example, own.shop.example, "*.wild.example"]
                  rules: [{backendRefs: [{name: orders, port: 80}]}]
                """,
                orders.asService("orders"))) {
      assertThat(gateway.get("api.shop.example", "/").status()).isEqualTo(200);
      assertThat(gateway.get("api.shop.example:" + gateway.port(), "/").status())
          .as("with a port")
          .isEqualTo(200);
      assertThat(gateway.get("API.shop.example", "/").status()).as("in capitals").isEqualTo(200);
      assertThat(gateway.get("a.wild.example", "/").status()).isEqualTo(200);
      assertThat(gateway.get("own.shop.example", "/").status())
          .as("another listener's")
          .isEqualTo(404);
      assertThat(gateway.get("unknown.example", "/").status()).isEqualTo(404);
      assertThat(gateway.conditions("HTTPRoute", "orders"))
          .containsEntry("Accepted", "True Accepted")
          .containsEntry("ResolvedRefs", "True ResolvedRefs")
          .containsEntry("Programmed", "True Programmed");
      assertThat(gateway.conditions("Gateway", "edge"))
          .containsEntry("Programmed", "True Programmed");
    }
  }

  @Test
  void aRequestHasOneReading() {
    try (Upstream orders = new Upstream("orders");
        RunningGateway gateway =
            new RunningGateway(
                RunningGateway.GATEWAY,
                """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: orders, namespace: shop}
                spec:
                  parentRefs: [{name: edge}]
                  rules: [{matches: [{path: {value: /open}}], backendRefs: [{name: orders, port: 80}]}]
                """,
                orders.asService("orders"))) {
      assertThat(gateway.get("a.example", "/open/../closed").status()).isEqualTo(404);
      assertThat(gateway.get("a.example", "//open").status())
          .as("slashes are merged")
          .isEqualTo(200);
      assertThat(gateway.get("a.example", "/closed%2f..%2fopen").status())
          .as("asked to come again")
          .isEqualTo(307);
      assertThat(gateway.get("a.example", "/open", "under_score: x").status()).isEqualTo(400);
      assertThat(gateway.get("a.example", "/nothing").header("content-type"))
          .isEqualTo("application/problem+json");
    }
  }
}
