package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is bad harms nothing else, and is reported. */
class BadInputTrafficTest {
  private static final String GOOD = route("good", "/good", "orders");

  private static String route(String name, String path, String backend) {
    return """
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: %s, namespace: shop}
    spec:
      parentRefs: [{name: edge}]
      rules: [{matches: [{path: {value: %s}}], backendRefs: [{name: %s, port: 80}]}]
    """
        .formatted(name, path, backend);
  }

  private static Map<String, byte[]> bad() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("broken yaml", "a: [");
    texts.put("null field", route("bad", "/bad", "orders").replace("name: edge", "name: null"));
    texts.put("wrong type", route("bad", "/bad", "orders").replace("port: 80", "port: eighty"));
    texts.put("unknown kind", "apiVersion: v1\nkind: Nothing\nmetadata: {name: x}\n");
    texts.put("unknown field", route("bad", "/bad", "orders").replace("rules:", "rulez:"));
    texts.put("dangling backend", route("bad", "/bad", "gone"));
    texts.put("duplicate", GOOD);
    texts.put(
        "regex",
        route("bad", "\"/a(b\"", "orders").replace("path: {", "path: {type: RegularExpression, "));
    texts.put("alias bomb", "a: &a [x]\nb: [*a, *a]\n");
    texts.put("deep nesting", "[".repeat(5_000));
    texts.put("too large", "#".repeat(5 * 1024 * 1024));
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    texts.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
    bytes.put("binary junk", new byte[] {0, (byte) 0xff, (byte) 0xfe, 7, (byte) 0x80});
    return bytes;
  }

  @Test
  void badFilesHarmNothingElseAndAreReported() {
    try (Upstream orders = new Upstream("orders");
        RunningGateway gateway =
            new RunningGateway(RunningGateway.GATEWAY, GOOD, orders.asService("orders"))) {
      assertThat(gateway.get("a.example", "/good").status()).isEqualTo(200);
      assertThat(gateway.problems()).isEmpty();
      bad()
          .forEach((name, bytes) -> {
            gateway.writeBytes("bad.yaml", bytes);
            Awaitility.await(name).until(() -> !gateway.problems().isEmpty());
            gateway.awaitSettled();
            assertThat(gateway.get("a.example", "/good").status()).as(name).isEqualTo(200);
            gateway.delete("bad.yaml");
            Awaitility.await(name).until(() -> gateway.problems().isEmpty());
          });
      gateway.assertNothingRefused();
    }
  }

  @Test
  void aBrokenEditLeavesTheLastGoodGenerationServing() {
    try (Upstream orders = new Upstream("orders");
        RunningGateway gateway =
            new RunningGateway(RunningGateway.GATEWAY, orders.asService("orders"))) {
      gateway.write("route.yaml", GOOD);
      gateway.awaitStatus(200, "a.example", "/good");
      for (String broken :
          new String[] {
            "a: [", GOOD.replace("value: /good", "value: good"), GOOD.replace("port: 80", "port: x")
          }) {
        gateway.write("route.yaml", broken);
        Awaitility.await(broken).until(() -> !gateway.problems().isEmpty());
        gateway.awaitSettled();
        assertThat(gateway.get("a.example", "/good").status()).as(broken).isEqualTo(200);
      }
      gateway.write("route.yaml", GOOD.replace("/good", "/better"));
      gateway.awaitStatus(200, "a.example", "/better");
      assertThat(gateway.get("a.example", "/good").status()).isEqualTo(404);
      assertThat(gateway.problems()).isEmpty();
    }
  }
}
