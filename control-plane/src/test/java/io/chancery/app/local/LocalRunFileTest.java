package io.chancery.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.app.local.LocalRun.Certificate;
import io.chancery.app.local.LocalRun.Login;
import io.chancery.app.local.LocalRun.Protocol;
import io.chancery.app.local.LocalRun.Request;
import io.chancery.app.local.LocalRun.SecretName;
import io.chancery.app.local.LocalRun.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LocalRunFileTest {
  private static final String HEAD =
      "apiVersion: run.chancery.io/v1alpha1\nkind: LocalRun\nspec:\n";

  @TempDir Path directory;

  @Test
  void readsEveryField() throws Exception {
    LocalRun run =
        read(
            HEAD
                + """
                  upstreams:
                  - {name: orders, port: 19001, protocol: HTTP, version: v1}
                  - {name: stock, port: 0, protocol: GRPC}
                  certificates:
                  - {secret: {namespace: shop, name: shop-tls}, hosts: [api.shop.example, "*.shop.example", 127.0.0.1, "::1"]}
                  logins:
                  - name: shop-login
                    port: 19010
                    issuer: https://login.shop.example
                    audience: shop
                    subject: ada
                    claims: {groups: [staff, 7], admin: true, limit: 1.5, address: {city: London}}
                  requests:
                  - {title: Read, command: "curl ${dir}"}
                """);
    assertThat(run.upstreams())
        .containsExactly(
            new Upstream("orders", 19_001, Protocol.HTTP, Optional.of("v1")),
            new Upstream("stock", 0, Protocol.GRPC, Optional.empty()));
    List<String> hosts = List.of("api.shop.example", "*.shop.example", "127.0.0.1", "::1");
    assertThat(run.certificates())
        .containsExactly(new Certificate(new SecretName("shop", "shop-tls"), hosts));
    Map<String, Object> claims =
        Map.of(
            "groups",
            List.of("staff", 7L),
            "admin",
            true,
            "limit",
            1.5,
            "address",
            Map.of("city", "London"));
    assertThat(run.logins())
        .containsExactly(
            new Login("shop-login", 19_010, "https://login.shop.example", "shop", "ada", claims));
    assertThat(run.requests()).containsExactly(new Request("Read", "curl ${dir}"));
  }

  @Test
  void needsNothingWhereThereIsNoFile() throws Exception {
    assertThat(LocalRunFile.read(directory)).isEqualTo(LocalRun.NOTHING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "upstream: []                                    | 4: spec.upstream: unknown field; known are upstreams, certificates, logins, requests; did you mean \"upstreams\"?",
        "upstreams: {}                                   | 4: spec.upstreams: a list is expected",
        "upstreams: [orders]                             | 4: spec.upstreams[0]: a map is expected",
        "upstreams: [{port: 1, protocol: HTTP}]          | 4: spec.upstreams[0].name: is missing",
        "upstreams: [{name: A, port: 1, protocol: HTTP}] | 4: spec.upstreams[0].name: \"A\" does not fit; expected: a name in lower case, such as shop-login",
        "upstreams: [{name: ../x, port: 1, protocol: HTTP}] | 4: spec.upstreams[0].name: \"../x\" does not fit; expected: a name in lower case, such as shop-login",
        "upstreams: [{name: a, port: 65536, protocol: HTTP}] | 4: spec.upstreams[0].port: a number from 0 to 65535 is expected",
        "upstreams: [{name: a, port: '1', protocol: HTTP}] | 4: spec.upstreams[0].port: a number from 0 to 65535 is expected",
        "upstreams: [{name: a, port: 1, protocol: http}] | 4: spec.upstreams[0].protocol: \"http\" does not fit; expected: HTTP, GRPC",
        "upstreams: [{name: a, port: 1, protocol: HTTP, version: 2}] | 4: spec.upstreams[0].version: text is expected; write it as \"2\"",
        "upstreams: [{name: a, name: b, port: 1, protocol: HTTP}] | 4: spec.upstreams[0].name: is there twice",
        "upstreams: [{name: a, port: 1, protocol: HTTP}, {name: a, port: 2, protocol: HTTP}] | 4: spec.upstreams: \"a\" is there twice",
        "certificates: [{secret: {namespace: n, name: m}, hosts: []}] | 4: spec.certificates[0].hosts: at least one host is expected",
        "certificates: [{secret: {namespace: n, name: m}, hosts: [a_b]}] | 4: spec.certificates[0].hosts[0]: \"a_b\" does not fit; expected: a DNS name or an IP address",
        "requests: [{title: t}]                          | 4: spec.requests[0].command: is missing",
      })
  void tellsLineFieldAndReason(String line, String problem) {
    assertThatThrownBy(() -> read(HEAD + "  " + line + "\n"))
        .isInstanceOf(LocalRunException.class)
        .message()
        .startsWith(directory.resolve("run.yaml") + ":" + problem);
  }

  @Test
  void tellsAllProblemsAtOnceInTheOrderOfTheFile() {
    String text = "apiVersion: v1\nkind: LocalRun\nspec:\n  logins: 3\n  upstreams: 4\nextra: 5\n";
    assertThatThrownBy(() -> read(text))
        .message()
        .hasLineCount(4)
        .containsSubsequence(
            ":1: apiVersion", ":4: spec.logins", ":5: spec.upstreams", ":6: extra");
  }

  @Test
  void leavesRegisteredClaimsToTheIssuer() {
    String login =
        "  logins: [{name: a, port: 1, issuer: i, audience: a, subject: s, claims: {exp: 1}}]\n";
    assertThatThrownBy(() -> read(HEAD + login))
        .hasMessageContaining("claims: \"exp\" is set by the issuer");
  }

  static Stream<Arguments> otherDocuments() {
    return Stream.of(
        Arguments.of("a: [", "is not YAML"),
        Arguments.of("a: 1\n---\nb: 2\n", "is not YAML"),
        Arguments.of("[1]", "a map is expected"),
        Arguments.of("spec: {}", "kind: is missing"));
  }

  @ParameterizedTest
  @MethodSource("otherDocuments")
  void refusesWhatIsNoSuchDocument(String text, String reason) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(LocalRunException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void endsOnANodeThatContainsItself() {
    String login =
        "  logins: [{name: a, port: 1, issuer: i, audience: a, subject: s, claims: &x {again: *x}}]\n";
    assertThatThrownBy(() -> read(HEAD + login)).isInstanceOf(LocalRunException.class);
  }

  @Test
  void constructsNothingFromTags() {
    assertThatThrownBy(() -> read(HEAD + "  requests: [{title: !!java.io.File x, command: y}]\n"))
        .hasMessageContaining("title: text is expected");
  }

  private LocalRun read(String text) throws IOException, LocalRunException {
    Files.writeString(directory.resolve("run.yaml"), text);
    return LocalRunFile.read(directory);
  }
}
