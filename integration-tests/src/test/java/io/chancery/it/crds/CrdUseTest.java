package io.chancery.it.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.crd.Kinds;
import io.chancery.it.kubernetes.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users of kubectl see of the own kinds. */
class CrdUseTest {
  private static final String STATUS =
      """
      {"status": {
        "conditions": [
          {"type": "Accepted", "status": "True", "reason": "Accepted", "message": "",
           "observedGeneration": 1, "lastTransitionTime": "2026-01-31T12:00:00Z"},
          {"type": "Programmed", "status": "False", "reason": "Pending",
           "message": "1 of 2 nodes run revision 3", "lastTransitionTime": "2026-01-31T12:00:00Z"}],
        "programmed": {"revision": 3, "nodes": 2, "acked": 1, "rejected": 0, "stale": false},
        "problems": [{"path": "spec.rules[0].name", "reason": "Invalid", "message": "no"}],
        "parents": [{"parentRef": {"name": "edge"}, "controllerName": "chancery.io/gateway-controller",
          "conditions": [{"type": "Accepted", "status": "True", "reason": "Accepted", "message": "",
            "lastTransitionTime": "2026-01-31T12:00:00Z"}]}]}}
      """;

  @TempDir Path directory;
  private ApiServer server;

  @BeforeEach
  void install() throws IOException {
    server = Installed.crds();
  }

  @Test
  void installingAgainChangesNothing() throws IOException {
    Installed.crds();

    assertThat(server.kubectl("get", "crd", "-o", "name").ok().lines())
        .filteredOn(name -> name.endsWith("." + Kinds.GROUP))
        .hasSize(7);
  }

  @Test
  void explainsFields() {
    assertThat(server.kubectl("explain", "route.spec.rules").ok())
        .contains("FIELD: rules <[]Object>")
        .contains("What to do with requests. The most specific match wins, wherever it stands.")
        .contains(
            "  matches\t<[]Object>\n    Any of these must match; every request does if empty.")
        .contains("  policy\t<Object>\n    Policies of this rule.");
    assertThat(server.kubectl("explain", "fleet").ok())
        .contains("The Envoys that share a snapshot.")
        .contains("What is wanted.");
    assertThat(server.kubectl("explain", "backendpolicy.spec.loadBalancing.leastRequest").ok())
        .contains("  choices\t<integer>");
  }

  @Test
  void listsRoutesWithTheirStatus() throws IOException {
    apply(
        """
        kind: Route
        metadata: {name: listed}
        spec: {hostnames: [a.example], parentRefs: [{name: edge}]}
        """);
    assertThat(line("routes", "NAME")).startsWith("NAME", "HOSTNAMES", "PARENTS").endsWith("AGE");
    assertThat(line("routes", "listed")).hasSize(4);

    server
        .kubectl("patch", "route", "listed", "--subresource=status", "--type=merge", "-p", STATUS)
        .ok();

    assertThat(line("routes", "NAME"))
        .containsExactly("NAME", "HOSTNAMES", "PARENTS", "ACCEPTED", "PROGRAMMED", "AGE");
    assertThat(line("routes", "listed"))
        .startsWith("listed", "[\"a.example\"]", "edge", "True", "False")
        .hasSize(6);
    assertThat(server.kubectl("get", "route", "listed", "-o", "jsonpath={.status}").ok())
        .contains("\"nodes\":2", "\"name\":\"edge\"", "spec.rules[0].name");
  }

  @Test
  void statusHasNoPlaceForAnythingElse() throws IOException {
    apply("kind: Route\nmetadata: {name: unchanged}\nspec: {}\n");

    String wrong =
        """
        {"status": {"conditions": [
          {"type": "Accepted", "status": "Yes", "reason": "A", "message": "", "lastTransitionTime": "x"}]}}
        """;
    assertThat(
            server.kubectl(
                "patch", "route", "unchanged", "--subresource=status", "--type=merge", "-p", wrong))
        .satisfies(output -> assertThat(output.exit()).isNotZero())
        .satisfies(output -> assertThat(output.text()).contains("Unsupported value: \"Yes\""));
  }

  @Test
  void hasShortNamesAndACategory() throws IOException {
    apply("kind: Consumer\nmetadata: {name: short}\nspec: {plan: gold}\n");
    apply("kind: Fleet\nmetadata: {name: short}\nspec: {}\n");

    for (String name : List.of("crt", "cpo", "cbe", "cbp", "idp", "ccs", "flt")) {
      server.kubectl("get", name).ok();
    }
    assertThat(line("ccs", "short")).startsWith("short", "gold");
    assertThat(server.kubectl("get", "chancery", "-o", "name").ok().lines())
        .contains("consumer.chancery.io/short", "fleet.chancery.io/short");
  }

  @Test
  void saysWhichRuleIsBroken() throws IOException {
    Path file = file("kind: Backend\nmetadata: {name: none}\nspec: {protocol: HTTP2}\n");

    assertThat(server.kubectl("apply", "-f", file.toString()).text())
        .contains("exactly one of static and dns must be set");
  }

  private void apply(String object) throws IOException {
    server.kubectl("apply", "-f", file(object).toString()).ok();
  }

  private Path file(String object) throws IOException {
    return Files.writeString(
        directory.resolve("object.yaml"), "apiVersion: chancery.io/v1alpha1\n" + object);
  }

  /** The words of the line that begins with a word. */
  private List<String> line(String kind, String first) {
    return server
        .kubectl("get", kind)
        .ok()
        .lines()
        .map(line -> Stream.of(line.split(" +", -1)).toList())
        .filter(words -> words.getFirst().equals(first))
        .findFirst()
        .orElseThrow();
  }
}
