package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Matching of paths, headers, query parameters and methods, and the precedence among them. */
class MatchTrafficTest {
  private static final String ROUTES =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: wide, namespace: shop}
      spec:
        parentRefs: [{name: edge}]
        hostnames: [api.shop.example]
        rules:
        - matches: [{path: {value: /}}]
          backendRefs: [{name: fallback, port: 80}]
        - matches: [{path: {value: /shop}}]
          backendRefs: [{name: prefix, port: 80}]
        - matches: [{path: {value: /shop}, method: POST}]
          backendRefs: [{name: method, port: 80}]
        - matches: [{path: {value: /shop}, headers: [{name: X-Version, value: "2"}]}]
          backendRefs: [{name: header, port: 80}]
        - matches: [{path: {value: /shop}, queryParams: [{name: page, type: RegularExpression, value: "[0-9]+"}]}]
          backendRefs: [{name: query, port: 80}]
      """;

  /** Younger, and declared in a file that comes first. */
  private static final String NARROW =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: narrow, namespace: shop}
      spec:
        parentRefs: [{name: edge}]
        hostnames: [api.shop.example]
        rules:
        - matches: [{path: {type: Exact, value: /shop/cart}}]
          backendRefs: [{name: exact, port: 80}]
        - matches: [{path: {type: RegularExpression, value: "/shop/[0-9]+"}}]
          backendRefs: [{name: regex, port: 80}]
      """;

  @Test
  void theMostSpecificMatchWinsAcrossRoutes() {
    try (RunningGateway gateway =
        new RunningGateway(RunningGateway.GATEWAY, NARROW, ROUTES, services())) {
      assertThat(answering(gateway, "GET", "/anything")).isEqualTo("fallback");
      assertThat(answering(gateway, "GET", "/shop")).isEqualTo("prefix");
      assertThat(answering(gateway, "GET", "/shop/")).isEqualTo("prefix");
      assertThat(answering(gateway, "GET", "/shopping"))
          .as("whole segments only")
          .isEqualTo("fallback");
      assertThat(answering(gateway, "GET", "/shop/cart")).isEqualTo("exact");
      assertThat(answering(gateway, "GET", "/shop/cart?page=1")).isEqualTo("exact");
      assertThat(answering(gateway, "GET", "/shop/42")).isEqualTo("regex");
      assertThat(answering(gateway, "GET", "/shop/42x")).as("the whole path").isEqualTo("prefix");
      assertThat(answering(gateway, "POST", "/shop/x")).isEqualTo("method");
      assertThat(answering(gateway, "GET", "/shop/x", "x-version: 2")).isEqualTo("header");
      assertThat(answering(gateway, "GET", "/shop/x", "x-version: 3")).isEqualTo("prefix");
      assertThat(answering(gateway, "GET", "/shop/x?page=7")).isEqualTo("query");
      assertThat(answering(gateway, "GET", "/shop/x?page=seven")).isEqualTo("prefix");
      assertThat(answering(gateway, "POST", "/shop/x?page=7", "x-version: 2"))
          .as("method first")
          .isEqualTo("method");
      gateway.assertNothingRefused();
    }
  }

  /** Each backend is a service of its own that answers with its name. */
  private String services() {
    StringBuilder services = new StringBuilder();
    for (String name :
        new String[] {"fallback", "prefix", "method", "header", "query", "exact", "regex"}) {
      services.append(services.isEmpty() ? "" : "---\n").append(new Upstream(name).asService(name));
    }
    return services.toString();
  }

  private static String answering(
      RunningGateway gateway, String method, String path, String... headers) {
    return RawHttp.send(gateway.port(), method, "api.shop.example", path, headers).upstream();
  }
}
