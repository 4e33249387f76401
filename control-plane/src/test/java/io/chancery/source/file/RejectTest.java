package io.chancery.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.source.ObjectTables;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a file must not hold, and the exact lines that say so. */
class RejectTest {
  @TempDir Path directory;

  /** What is wrong, the file, and the lines that {@code check} prints. */
  record Case(String file, Charset charset, String lines) {}

  @ParameterizedTest
  @MethodSource({"syntax", "identity", "fields"})
  void saysWhatIsWrongAndWhere(Case bad) throws IOException {
    Path file = Files.write(directory.resolve("in.yaml"), bad.file().getBytes(bad.charset()));
    FileObjects objects = new FileObjects(List.of(directory), new ObjectTables());
    objects.refresh();
    assertThat(objects.problems())
        .extracting(problem -> problem.toString().replace(file.toString(), "in.yaml"))
        .containsExactlyElementsOf(bad.lines().lines().toList());
  }

  @Test
  void listsSomeOfVeryManyProblems() throws IOException {
    Files.writeString(
        directory.resolve("in.yaml"), fleet("metadata: {name: a}\nspec:\n" + unknownFields(60)));
    FileObjects objects = new FileObjects(List.of(directory), new ObjectTables());
    objects.refresh();
    assertThat(objects.problems())
        .hasSize(51)
        .first()
        .asString()
        .endsWith("in.yaml:1: Fleet a: Invalid: there are 10 more problems");
  }

  private static final List<Named<Case>> SYNTAX =
      List.of(
          bad(
              "binary junk",
              "\0\1\2\u00fe\u00ff",
              StandardCharsets.ISO_8859_1,
              "in.yaml:1: SyntaxError: not UTF-8 at byte 3"),
          bad(
              "Latin-1",
              "a: b\nc: \u00e9\n",
              StandardCharsets.ISO_8859_1,
              "in.yaml:2: SyntaxError: not UTF-8 at byte 8"),
          bad(
              "UTF-16",
              "kind: Fleet",
              StandardCharsets.UTF_16,
              "in.yaml:1: SyntaxError: not UTF-8 at byte 0"),
          bad(
              "a control character",
              "a: 1\nb: \u0007\n",
              "in.yaml:2: SyntaxError: special characters are not allowed"),
          bad(
              "5 MB",
              "#".repeat(5_000_000),
              "in.yaml:1: TooLarge: the file has 5000000 bytes; at most 4194304 are read"),
          bad(
              "deep nesting",
              "a: " + "[".repeat(100_000),
              "in.yaml:1: TooLarge: nested deeper than 50 levels"),
          bad(
              "deep nesting in blocks",
              nested(60),
              "in.yaml:51: TooLarge: nested deeper than 50 levels"),
          bad(
              "too many values",
              "[" + "1,".repeat(500_000) + "1]",
              "in.yaml:1: TooLarge: more than 200000 values in one file"),
          bad(
              "too many documents",
              "--- {}\n".repeat(10_001),
              "in.yaml:10001: TooLarge: more than 10000 documents in one file"),
          bad(
              "an alias bomb",
              """
              a: &a [x, x]
              b: &b [*a, *a]
              c: [*b, *b]
              """,
              "in.yaml:1: SyntaxError: anchors are not allowed"),
          bad(
              "an alias of nothing",
              "a: *b\n",
              "in.yaml:1: SyntaxError: aliases are not allowed; write the value out"),
          bad(
              "a tag of Java",
              "a: !!javax.script.ScriptEngineManager []\n",
              "in.yaml:1: SyntaxError: the tag \"tag:yaml.org,2002:javax.script.ScriptEngineManager\" is not allowed"),
          bad(
              "a tag of YAML",
              "a: !!str 5\n",
              "in.yaml:1: SyntaxError: the tag \"tag:yaml.org,2002:str\" is not allowed"),
          bad(
              "a key twice",
              "kind: Fleet\nmetadata: {name: a}\nkind: Fleet\n",
              "in.yaml:3: SyntaxError: the key \"kind\" stands twice"),
          bad(
              "a key that is a list",
              "? [a]\n: b\n",
              "in.yaml:1: SyntaxError: a key must be a string"),
          bad(
              "a tab",
              "a:\n\tb: c\n",
              "in.yaml:2: SyntaxError: while scanning for the next token, found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation) at column 1"),
          bad(
              "an open quote",
              "a: \"b\nc: d\n",
              "in.yaml:3: SyntaxError: while scanning a quoted scalar of line 1, found unexpected end of stream at column 1"),
          bad(
              "an open brace",
              "{\"a\": {\"b\": 1}",
              "in.yaml:1: SyntaxError: while parsing a flow mapping of line 1, expected ',' or '}', but got <stream end> at column 15"),
          bad(
              "wrong indentation",
              "a: b\n  c: d\n",
              "in.yaml:2: SyntaxError: mapping values are not allowed here at column 4"),
          bad(
              "two colons",
              "a: b: c\n",
              "in.yaml:1: SyntaxError: mapping values are not allowed here at column 5"));

  static Stream<Named<Case>> syntax() {
    return SYNTAX.stream();
  }

  private static final List<Named<Case>> IDENTITY =
      List.of(
          bad(
              "a word",
              "hello\n",
              "in.yaml:1: WrongType: an object is expected, not the string \"hello\""),
          bad("a list", "- a\n", "in.yaml:1: WrongType: an object is expected, not a list"),
          bad(
              "no kind",
              "# comment\n\napiVersion: v1\nmetadata: {name: a}\n",
              "in.yaml:3: Required: an object needs kind, a string"),
          bad(
              "no apiVersion",
              "kind: Fleet\nmetadata: {name: a}\n",
              "in.yaml:1: Required: an object needs apiVersion, a string"),
          bad(
              "kind is null",
              "apiVersion: v1\nkind: null\n",
              "in.yaml:2: Required: an object needs kind, a string"),
          bad(
              "kind is a number",
              "apiVersion: v1\nkind: 5\n",
              "in.yaml:2: Required: an object needs kind, a string"),
          bad(
              "unknown kind",
              "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n",
              "in.yaml:2: UnknownKind: kind \"Pod\" is not read"),
          bad(
              "a slip in the kind",
              "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRout\nmetadata: {name: a}\n",
              "in.yaml:2: UnknownKind: kind \"HTTPRout\" is not read; did you mean \"HTTPRoute\"?"),
          bad(
              "another group's kind",
              "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: a}\n",
              "in.yaml:1: UnknownKind: apiVersion \"networking.istio.io/v1\" of Gateway is not read; gateway.networking.k8s.io/v1 is"),
          bad(
              "unknown version",
              "apiVersion: chancery.io/v9\nkind: Fleet\nmetadata: {name: a}\n",
              "in.yaml:1: Fleet a: apiVersion: UnknownKind: apiVersion \"chancery.io/v9\" of Fleet is not read; chancery.io/v1alpha1 is"),
          bad(
              "a slip in the group",
              "apiVersion: chancry.io/v1alpha1\nkind: Fleet\nmetadata: {name: a}\n",
              "in.yaml:1: Fleet a: apiVersion: UnknownKind: apiVersion \"chancry.io/v1alpha1\" of Fleet is not read; chancery.io/v1alpha1 is"),
          bad("no metadata", fleet(""), "in.yaml:1: Required: Fleet needs metadata.name, a string"),
          bad(
              "metadata is a list",
              fleet("metadata: [a]"),
              "in.yaml:3: Required: Fleet needs metadata.name, a string"),
          bad(
              "no name",
              fleet("metadata: {}"),
              "in.yaml:3: Required: Fleet needs metadata.name, a string"),
          bad(
              "name is null",
              fleet("metadata: {name: }"),
              "in.yaml:3: Required: Fleet needs metadata.name, a string"),
          bad(
              "name is a number",
              fleet("metadata: {name: 5}"),
              "in.yaml:3: WrongType: Fleet needs metadata.name, a string, not the number 5"),
          bad(
              "name in upper case",
              fleet("metadata: {name: Edge}"),
              "in.yaml:3: Invalid: metadata.name \"Edge\" is not a DNS name: at most 253 of lower case letters, digits, - and ."),
          bad(
              "name with a line break",
              fleet("metadata: {name: \"a\\nb\"}"),
              "in.yaml:3: Invalid: metadata.name \"a\\u000ab\" is not a DNS name: at most 253 of lower case letters, digits, - and ."),
          bad(
              "name of 254 letters",
              fleet("metadata: {name: " + "a".repeat(254) + "}"),
              "in.yaml:3: Invalid: metadata.name \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…\" is not a DNS name: at most 253 of lower case letters, digits, - and ."),
          bad(
              "namespace of a cluster-scoped kind",
              fleet("metadata: {name: a, namespace: b}"),
              "in.yaml:3: Fleet a: metadata.namespace: Invalid: Fleet is cluster-scoped and has no namespace; found the string \"b\""),
          bad(
              "a bad namespace",
              "apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: a.b}\n",
              "in.yaml:3: Invalid: metadata.namespace is at most 63 of lower case letters, digits and -, not the string \"a.b\""),
          bad(
              "labels of numbers",
              fleet("metadata: {name: a, labels: {tier/x.y: 1}}"),
              "in.yaml:3: Fleet a: metadata.labels[tier/x.y]: WrongType: a string is expected, not the number 1"),
          bad(
              "labels in a list",
              fleet("metadata: {name: a, labels: [b]}"),
              "in.yaml:3: Fleet a: metadata.labels: WrongType: a map is expected, not a list"),
          bad(
              "a time that is none",
              fleet("metadata: {name: a, creationTimestamp: yesterday}"),
              "in.yaml:3: Fleet a: metadata.creationTimestamp: Invalid: \"yesterday\" is not a time such as 2026-01-31T12:00:00Z"),
          bad(
              "a bad generation",
              fleet("metadata: {name: a, generation: 0}"),
              "in.yaml:3: Fleet a: metadata.generation: Invalid: 0 is out of range; 1 to 9223372036854775807 is allowed"),
          bad(
              "items is no list",
              "apiVersion: v1\nkind: List\nitems: {a: b}\n",
              "in.yaml:3: WrongType: items is a list, not a map"),
          bad(
              "a list in a list",
              "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: List, items: []}\n",
              "in.yaml:4: UnknownKind: kind \"List\" is not read"),
          bad(
              "an object twice",
              """
              apiVersion: chancery.io/v1alpha1
              kind: Fleet
              metadata: {name: a}
              ---
              apiVersion: chancery.io/v1alpha1
              kind: Fleet
              metadata: {name: a}
              """,
              "in.yaml:5: Fleet a: Duplicate: declared at in.yaml:5 and before at in.yaml:1; the first counts"));

  static Stream<Named<Case>> identity() {
    return IDENTITY.stream();
  }

  private static final List<Named<Case>> FIELDS =
      List.of(
          bad(
              "a slip in a field",
              fleet("metadata: {name: a}\nspec:\n  trustedHop: 1"),
              "in.yaml:5: Fleet a: spec.trustedHop: UnknownField: there is no field \"trustedHop\"; did you mean \"trustedHops\"?"),
          bad(
              "a slip in a field at the top",
              fleet("metadata: {name: a}\nspecs: {}"),
              "in.yaml:4: Fleet a: specs: UnknownField: there is no field \"specs\"; did you mean \"spec\"?"),
          bad(
              "a number in quotes",
              fleet("metadata: {name: a}\nspec: {trustedHops: \"1\"}"),
              "in.yaml:4: Fleet a: spec.trustedHops: WrongType: a whole number is expected, not the string \"1\""),
          bad(
              "a fraction",
              fleet("metadata: {name: a}\nspec: {trustedHops: 1.5}"),
              "in.yaml:4: Fleet a: spec.trustedHops: WrongType: a whole number is expected, not the number 1.5"),
          bad(
              "not a number",
              fleet("metadata: {name: a}\nspec: {trustedHops: .nan}"),
              "in.yaml:4: Fleet a: spec.trustedHops: WrongType: a whole number is expected, not the number .nan"),
          bad(
              "a number of 40 digits",
              fleet("metadata: {name: a}\nspec: {trustedHops: " + "9".repeat(40) + "}"),
              "in.yaml:4: Fleet a: spec.trustedHops: Invalid: 9999999999999999999999999999999999999999 is out of range; 0 to 8 is allowed"),
          bad(
              "a negative number",
              fleet("metadata: {name: a}\nspec: {trustedHops: -1}"),
              "in.yaml:4: Fleet a: spec.trustedHops: Invalid: -1 is out of range; 0 to 8 is allowed"),
          bad(
              "no shard",
              fleet(
                  "metadata: {name: a}\nspec: {routeTables: {type: Scoped, scoped: {shards: 0}}}"),
              "in.yaml:4: Fleet a: spec.routeTables.scoped.shards: Invalid: 0 is out of range; 1 to 10000 is allowed"),
          bad(
              "on demand by number",
              fleet("metadata: {name: a}\nspec: {routeTables: {scoped: {onDemand: 1}}}"),
              "in.yaml:4: Fleet a: spec.routeTables.scoped.onDemand: WrongType: true or false is expected, not the number 1"),
          bad(
              "spec is a string",
              fleet("metadata: {name: a}\nspec: x"),
              "in.yaml:4: Fleet a: spec: WrongType: a map is expected, not the string \"x\""),
          bad(
              "everything at once",
              """
              apiVersion: chancery.io/v1alpha1
              kind: Route
              metadata: {name: orders, namespace: shop}
              spec:
                parentRefs:
                - name: null
                - port: 70000
                  name: edge
                hostnames: [ok.example, "*.*.example", 5, null]
                policy:
                  jwt:
                    providers: []
                    optional: yes
                rules:
                - name: read
                  matches:
                  - path: {type: Prefix, value: 7}
                    method: get
                  filters: {}
                  backendRefs:
                  - {name: a, weight: 1000001, filter: []}
              """,
              """
              in.yaml:6: Route shop/orders: spec.parentRefs[0].name: Required: the field is required, not null
              in.yaml:7: Route shop/orders: spec.parentRefs[1].port: Invalid: 70000 is out of range; 1 to 65535 is allowed
              in.yaml:9: Route shop/orders: spec.hostnames[1]: Invalid: "*.*.example" does not match ^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
              in.yaml:9: Route shop/orders: spec.hostnames[2]: WrongType: a string is expected, not the number 5
              in.yaml:9: Route shop/orders: spec.hostnames[3]: Required: a value is required, not null
              in.yaml:12: Route shop/orders: spec.policy.jwt.providers: Invalid: 0 entries; 1 to 16 are allowed
              in.yaml:13: Route shop/orders: spec.policy.jwt.optional: WrongType: true or false is expected, not the string "yes"
              in.yaml:17: Route shop/orders: spec.rules[0].matches[0].path.type: Invalid: "Prefix" is none of Exact, PathPrefix, RegularExpression
              in.yaml:17: Route shop/orders: spec.rules[0].matches[0].path.value: WrongType: a string is expected, not the number 7
              in.yaml:18: Route shop/orders: spec.rules[0].matches[0].method: Invalid: "get" is none of GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH; did you mean "GET"?
              in.yaml:19: Route shop/orders: spec.rules[0].filters: WrongType: a list is expected, not a map
              in.yaml:21: Route shop/orders: spec.rules[0].backendRefs[0].filter: UnknownField: there is no field "filter"; did you mean "filters"?
              in.yaml:21: Route shop/orders: spec.rules[0].backendRefs[0].weight: Invalid: 1000001 is out of range; 0 to 1000000 is allowed
              """),
          bad(
              "no spec",
              "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: a}\n",
              """
              in.yaml:1: Gateway default/a: spec.gatewayClassName: Required: the field is required
              in.yaml:1: Gateway default/a: spec.listeners: Required: the field is required
              """),
          bad(
              "a value of a Secret is not shown",
              "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {pin: 1234}\ntype: [x]\n",
              """
              in.yaml:4: Secret default/a: stringData[pin]: WrongType: a string is expected, not a number
              in.yaml:5: Secret default/a: type: WrongType: a string is expected, not a list
              """),
          bad(
              "a long text is cut before a pattern is tried",
              "apiVersion: chancery.io/v1alpha1\nkind: Route\nmetadata: {name: a}\nspec: {rules: [{}], hostnames: ["
                  + "a".repeat(100_000)
                  + "!]}\n",
              "in.yaml:4: Route default/a: spec.hostnames[0]: Invalid: \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…\" has 100001 characters; 1 to 253 are allowed"));

  static Stream<Named<Case>> fields() {
    return FIELDS.stream();
  }

  private static Named<Case> bad(String what, String file, String lines) {
    return bad(what, file, StandardCharsets.UTF_8, lines);
  }

  private static Named<Case> bad(String what, String file, Charset charset, String lines) {
    return Named.of(what, new Case(file, charset, lines));
  }

  private static String fleet(String rest) {
    return "apiVersion: chancery.io/v1alpha1\nkind: Fleet\n" + rest + "\n";
  }

  private static String nested(int depth) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      text.append(" ".repeat(i)).append("a:\n");
    }
    return text.toString();
  }

  private static String unknownFields(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("  x").append(i).append(": 1\n");
    }
    return text.toString();
  }
}
