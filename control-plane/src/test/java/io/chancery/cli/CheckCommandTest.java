package io.chancery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is valid and costly is a warning, and no failure. */
class CheckCommandTest {
  private static final int RULES = 16;
  private static final int MATCHES = 8;

  @TempDir private Path directory;

  private String check(int routes, String form) throws IOException {
    StringBuilder yaml = new StringBuilder(gateway(form));
    for (int i = 0; i < routes; i++) {
      yaml.append(route(i));
    }
    Files.writeString(directory.resolve("all.yaml"), yaml);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Chancery.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute("check", directory.toString());
    assertThat(out.toString()).isEmpty();
    assertThat(exit).isZero();
    return err.toString();
  }

  private static String rules(int route) {
    StringBuilder rules = new StringBuilder();
    for (int rule = 0; rule < RULES; rule++) {
      rules.append("  - matches:\n");
      for (int match = 0; match < MATCHES; match++) {
        rules.append("    - path: {value: /%d/%d/%d}\n".formatted(route, rule, match));
      }
      rules.append("    filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]\n");
    }
    return rules.toString();
  }

  private static String gateway(String form) {
    return """
    apiVersion: gateway.networking.k8s.io/v1
    kind: GatewayClass
    metadata: {name: chancery}
    spec: {controllerName: chancery.io/gateway-controller}
    ---
    apiVersion: chancery.io/v1alpha1
    kind: Fleet
    metadata: {name: default}
    spec: {routeTables: {type: %s}}
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: {name: edge, namespace: shop}
    spec: {gatewayClassName: chancery, listeners: [{name: http, port: 8080, protocol: HTTP}]}
    """
        .formatted(form);
  }

  private static String route(int number) {
    return """
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: r%d, namespace: shop}
    spec:
      parentRefs: [{name: edge}]
      hostnames: [h%d.example]
      rules:
    %s\
    """
        .formatted(number, number % 4, rules(number));
  }

  @Test
  void warnsOfATableWithManyRoutes() throws IOException {
    assertThat(check(40, "Single"))
        .isEqualTo(
            "warning: fleet default: table http/0.0.0.0:8080 has 5120 routes, and an Envoy rebuilds"
                + " all for one that changes; from 5000 on, spread the hosts with routeTables of the"
                + " Fleet (docs/operate/route-tables.md)\n");
  }

  @Test
  void isSilentBelowAndWhereTheHostsAreSpread() throws IOException {
    assertThat(check(39, "Single")).isEmpty();
    assertThat(check(40, "Scoped")).isEmpty();
    assertThat(check(40, "Scoped, scoped: {onDemand: true}")).isEmpty();
  }

  @Test
  void warnsOfAShardWithManyRoutes() throws IOException {
    for (boolean onDemand : new boolean[] {false, true}) {
      assertThat(check(40, "Scoped, scoped: {shards: 1, onDemand: %b}".formatted(onDemand)))
          .isEqualTo(
              "warning: fleet default: table http/0.0.0.0:8080/0of1 has 5120 routes, and an Envoy"
                  + " rebuilds all for one that changes; from 5000 on, use more shards, or fewer"
                  + " hosts below one wildcard (docs/operate/route-tables.md)\n");
    }
  }
}
