package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Filters of rules: redirects, rewrites and changes of headers; and policies headers and timeouts.
 */
class FilterTrafficTest {
  private static final String ROUTES =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: filters, namespace: shop}
      spec:
        parentRefs: [{name: edge}]
        rules:
        - matches: [{path: {value: /tls}}]
          filters: [{type: RequestRedirect, requestRedirect: {scheme: https, statusCode: 301}}]
        - matches: [{path: {value: /port}}]
          filters: [{type: RequestRedirect, requestRedirect: {scheme: https, port: 8443, hostname: other.example}}]
        - matches: [{path: {value: /old}}]
          filters: [{type: RequestRedirect, requestRedirect: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}}}]
        - matches: [{path: {value: /moved}}]
          filters: [{type: RequestRedirect, requestRedirect: {path: {type: ReplaceFullPath, replaceFullPath: /here}, statusCode: 308}}]
        - matches: [{path: {value: /a}}]
          filters: [{type: URLRewrite, urlRewrite: {hostname: inside.example, path: {type: ReplacePrefixMatch, replacePrefixMatch: /b}}}]
          backendRefs: [{name: orders, port: 80}]
        - matches: [{path: {value: /strip}}]
          filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}]
          backendRefs: [{name: orders, port: 80}]
        - matches: [{path: {value: /full}}]
          filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /whole}}}]
          backendRefs: [{name: orders, port: 80}]
        - matches: [{path: {value: /headers}}]
          filters:
          - {type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x-set, value: "100%"}], add: [{name: x-add, value: b}], remove: [x-remove]}}
          - {type: ResponseHeaderModifier, responseHeaderModifier: {set: [{name: x-out, value: "%REQ(cookie)%"}], remove: [x-upstream]}}
          backendRefs: [{name: orders, port: 80}]
        - matches: [{path: {value: /}}]
          filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /v2}}}]
          backendRefs: [{name: orders, port: 80}]
      """;

  private static String location(RunningGateway gateway, String path) {
    return gateway.get("api.shop.example", path).header("location");
  }

  private static String reached(RunningGateway gateway, String path) {
    return gateway.get("api.shop.example", path).body().lines().skip(1).findFirst().orElse("");
  }

  @Test
  void redirectsAndRewrites() {
    try (Upstream orders = new Upstream("orders");
        RunningGateway gateway =
            new RunningGateway(RunningGateway.GATEWAY, ROUTES, orders.asService("orders"))) {
      assertThat(location(gateway, "/tls/x?q=1"))
          .isEqualTo("https://api.shop.example:443/tls/x?q=1");
      assertThat(gateway.get("api.shop.example", "/tls").status()).isEqualTo(301);
      assertThat(gateway.get("api.shop.example", "/tls").body()).as("it is no problem").isEmpty();
      assertThat(gateway.get("api.shop.example:8080", "/tls").header("location"))
          .as("the port of the scheme, not that of the request")
          .isEqualTo("https://api.shop.example:443/tls");
      assertThat(location(gateway, "/port")).isEqualTo("https://other.example:8443/port");
      assertThat(location(gateway, "/old/x?q=1")).isEqualTo("http://api.shop.example/new/x?q=1");
      assertThat(location(gateway, "/moved/x")).isEqualTo("http://api.shop.example/here");
      assertThat(reached(gateway, "/a/x?q=1")).isEqualTo("GET /b/x?q=1");
      assertThat(gateway.get("api.shop.example", "/a").body()).contains("host: inside.example");
      assertThat(reached(gateway, "/strip/x?q=1")).isEqualTo("GET /x?q=1");
      assertThat(reached(gateway, "/strip")).isEqualTo("GET /");
      assertThat(reached(gateway, "/full/x?q=1")).isEqualTo("GET /whole?q=1");
      assertThat(reached(gateway, "/other/x")).isEqualTo("GET /v2/other/x");
      gateway.assertNothingRefused();
    }
  }

  @Test
  void headersAreText() {
    try (Upstream orders = new Upstream("orders");
        RunningGateway gateway =
            new RunningGateway(RunningGateway.GATEWAY, ROUTES, orders.asService("orders"))) {
      RawHttp.Response response =
          gateway.get(
              "a.example", "/headers", "x-set: a", "x-add: a", "x-remove: a", "cookie: secret=1");
      assertThat(response.body().lines())
          .contains("x-set: 100%", "x-add: a,b")
          .noneMatch(l -> l.startsWith("x-remove"));
      assertThat(response.header("x-out")).as("no command of Envoy's").isEqualTo("%REQ(cookie)%");
      assertThat(response.header("x-upstream")).isEmpty();
    }
  }
}
