package io.chancery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.admin.AdminServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import picocli.CommandLine;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryCommandsTest {
  private final AdminServer server = new AdminServer("127.0.0.1", 0, new FakeInspection());

  /** What a command left behind. */
  private record Run(int exit, String out, String err) {}

  @BeforeAll
  void start() {
    server.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void statusShowsOneLinePerObject() {
    Run run = ask("status");

    assertThat(run.out())
        .isEqualTo(
            """
            KIND       NAMESPACE  NAME    ACCEPTED          PROGRAMMED  NODES  WHY
            HTTPRoute  shop       lost    NoMatchingParent  -           -      spec.parentRefs[0]: no such
            HTTPRoute  shop       orders  True              True        2/2    -
            HTTPRoute  shop       users   True              Pending     1/2    1 of 2 nodes
            """);
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void statusCanBeNarrowed() {
    assertThat(ask("status", "--problems").out())
        .contains("lost", "users")
        .doesNotContain("orders");
    assertThat(ask("status", "--kind", "httproute", "-n", "shop", "--name", "orders").out())
        .contains("orders")
        .doesNotContain("lost");
    assertThat(ask("status", "--kind", "Gateway").exit()).isZero();
  }

  @Test
  void statusOfNothingIsNotFound() {
    Run run = ask("status", "--name", "a&b=c");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).isEqualToIgnoringNewLines("chancery: no object has {name=a&b=c}");
  }

  @Test
  void nodesShowWhatTheyRefused() {
    assertThat(ask("nodes").out())
        .isEqualTo(
            """
            FLEET    NODE  ENVOY   SINCE                 PENDING  REFUSED  WHY
            default  a     1.40.0  2026-01-01T00:00:00Z  routes   1        routes/http/0.0.0.0:80: bad regex
            """);
  }

  @Test
  void snapshotGoesFromCountsToABody() {
    assertThat(ask("snapshot", "default").out()).isEqualTo("TYPE    RESOURCES\nroutes  1\n");
    assertThat(ask("snapshot", "default", "routes").out())
        .isEqualTo("NAME             BYTES  VERSION\nhttp/0.0.0.0:80  7      abc\n");
    assertThat(ask("snapshot", "default", "routes", FakeInspection.TABLE).out())
        .isEqualTo("name: http/0.0.0.0:80\n");
  }

  @Test
  void snapshotSaysWhatDoesNotExist() {
    Run run = ask("snapshot", "other fleet?");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualToIgnoringNewLines("chancery: fleet 'other fleet?' does not exist");
  }

  @Test
  void everythingComesAsYamlAndJson() {
    assertThat(ask("nodes", "-o", "yaml").out()).startsWith("- fleet: default\n  id: a\n");
    assertThat(ask("snapshot", "default", "-o", "json").out()).contains("\"revision\" : 8");
    assertThat(ask("status", "-o", "JSON").out()).contains("\"kind\" : \"HTTPRoute\"");
  }

  @Test
  void saysHowToReachAServer() {
    Run run = run("nodes", "--server", "http://127.0.0.1:1");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err().lines())
        .singleElement()
        .satisfies(line ->
            assertThat(line)
                .startsWith("chancery: cannot reach the control plane at http://127.0.0.1:1 (")
                .endsWith("or name another with --server"));
  }

  @Test
  void saysWhatAServerIs() {
    assertThat(run("nodes", "--server", "127.0.0.1").err())
        .isEqualToIgnoringNewLines(
            "chancery: --server: '127.0.0.1'; expected a URL such as http://127.0.0.1:18080");
    assertThat(run("nodes", "--server", "http://:x").exit()).isEqualTo(1);
  }

  private Run ask(String... arguments) {
    return run(
        Stream.concat(
                Arrays.stream(arguments),
                Stream.of("--server", "http://127.0.0.1:" + server.port()))
            .toArray(String[]::new));
  }

  private static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Chancery.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    int exit = command.execute(arguments);
    return new Run(exit, out.toString(), err.toString());
  }
}
