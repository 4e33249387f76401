package io.chancery.it;

import java.util.ArrayList;
import java.util.List;

/**
 * Files that users write by mistake or in bad faith, beside {@link #GOOD}, and the one line that
 * each must give.
 */
final class BadInputs {
  /** A route that serves whatever stands beside it. */
  static final String GOOD = route("good", "/good", "orders");

  private static final String BAD = route("bad", "/bad", "orders");

  private static final byte[] JUNK = {0, (byte) 0xff, (byte) 0xfe, 7};

  private final List<BadInput> all = new ArrayList<>();

  /**
   * One file.
   *
   * @param what names it in reports
   * @param text with the places for ports of {@link RunningGateway}; empty for bytes that are none
   * @param line what {@code check} prints, with the name of the file without its directory
   */
  record BadInput(String what, String text, String line) {
    void writeTo(RunningGateway gateway, String file) {
      if (text.isEmpty()) {
        gateway.writeBytes(file, JUNK);
      } else {
        gateway.write(file, text);
      }
    }

    @Override
    public String toString() {
      return what;
    }
  }

  static String route(String name, String path, String backend) {
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

  /** All of them. */
  static List<BadInput> all() {
    BadInputs inputs = new BadInputs();
    inputs.files();
    inputs.fields();
    inputs.references();
    inputs.meaning();
    inputs.otherKinds();
    return List.copyOf(inputs.all);
  }

  private void add(String what, String text, String line) {
    all.add(new BadInput(what, text, line));
  }

  private void edit(String what, String from, String to, String line) {
    if (!BAD.contains(from)) {
      throw new IllegalArgumentException(what + ": " + from + " is not in the route");
    }
    add(what, BAD.replace(from, to), line);
  }

  private void files() {
    add("binary junk", "", "bad.yaml:1: SyntaxError: not UTF-8 at byte 1");
    add(
        "broken YAML",
        "a: [",
        "bad.yaml:1: SyntaxError: while parsing a flow node of line 1, expected the node content, but found '<stream end>' at column 5");
    add(
        "an alias bomb",
        "a: &a [x]\nb: [*a, *a]\n",
        "bad.yaml:1: SyntaxError: anchors are not allowed");
    add("deep nesting", "[".repeat(5_000), "bad.yaml:1: TooLarge: nested deeper than 50 levels");
    add(
        "5 MB",
        "#".repeat(5 * 1024 * 1024),
        "bad.yaml:1: TooLarge: the file has 5242880 bytes; at most 4194304 are read");
    add(
        "a Java tag",
        "a: !!javax.script.ScriptEngineManager []\n",
        "bad.yaml:1: SyntaxError: the tag \"tag:yaml.org,2002:javax.script.ScriptEngineManager\" is not allowed");
    add(
        "a key twice",
        BAD + "spec: {}\n",
        "bad.yaml:7: SyntaxError: the key \"spec\" stands twice");
    add("a list", "- 1\n", "bad.yaml:1: WrongType: an object is expected, not a list");
  }

  private void fields() {
    edit(
        "a null field",
        "name: edge",
        "name: null",
        "bad.yaml:5: HTTPRoute shop/bad: spec.parentRefs[0].name: Required: the field is required, not null");
    edit(
        "a missing field",
        "{name: edge}",
        "{}",
        "bad.yaml:5: HTTPRoute shop/bad: spec.parentRefs[0].name: Required: the field is required");
    edit(
        "a wrong type",
        "port: 80",
        "port: eighty",
        "bad.yaml:6: HTTPRoute shop/bad: spec.rules[0].backendRefs[0].port: WrongType: a whole number is expected, not the string \"eighty\"");
    edit(
        "a port out of range",
        "port: 80",
        "port: 70000",
        "bad.yaml:6: HTTPRoute shop/bad: spec.rules[0].backendRefs[0].port: Invalid: 70000 is out of range; 1 to 65535 is allowed");
    edit(
        "a slip in a field",
        "rules:",
        "rulez:",
        "bad.yaml:6: HTTPRoute shop/bad: spec.rulez: UnknownField: there is no field \"rulez\"; did you mean \"rules\"?");
    edit(
        "an unknown kind",
        "HTTPRoute",
        "HTTPRout",
        "bad.yaml:2: UnknownKind: kind \"HTTPRout\" is not read; did you mean \"HTTPRoute\"?");
    edit(
        "an unknown version",
        "k8s.io/v1",
        "k8s.io/v9",
        "bad.yaml:1: HTTPRoute shop/bad: apiVersion: UnknownKind: apiVersion \"gateway.networking.k8s.io/v9\" of HTTPRoute is not read; gateway.networking.k8s.io/v1 is");
    edit(
        "no name",
        "name: bad, ",
        "",
        "bad.yaml:3: Required: HTTPRoute needs metadata.name, a string");
    edit(
        "a name that is none",
        "name: bad",
        "name: Not_A_Name",
        "bad.yaml:3: Invalid: metadata.name \"Not_A_Name\" is not a DNS name: at most 253 of lower case letters, digits, - and .");
    edit(
        "a hostname that is none",
        "spec:",
        "spec:\n  hostnames: [\"*.*.example\"]",
        "bad.yaml:5: HTTPRoute shop/bad: spec.hostnames[0]: Invalid: \"*.*.example\" does not match ^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$");
    edit(
        "a negative weight",
        "port: 80",
        "port: 80, weight: -1",
        "bad.yaml:6: HTTPRoute shop/bad: spec.rules[0].backendRefs[0].weight: Invalid: -1 is out of range; 0 to 1000000 is allowed");
  }

  private void references() {
    edit(
        "a backend that does not exist",
        "name: orders",
        "name: gone",
        "bad.yaml:6: HTTPRoute shop/bad: spec.rules[0].backendRefs[0]: BackendNotFound: Service shop/gone does not exist");
    edit(
        "a port that the backend has not",
        "port: 80",
        "port: 81",
        "bad.yaml:6: HTTPRoute shop/bad: spec.rules[0].backendRefs[0]: BackendNotFound: Service shop/orders has no port 81; it has [80]");
    edit(
        "a backend elsewhere without a grant",
        "name: orders",
        "name: orders, namespace: other",
        "bad.yaml:6: HTTPRoute shop/bad: spec.rules[0].backendRefs[0]: RefNotPermitted: Service other/orders is in another namespace; a ReferenceGrant in other must allow HTTPRoute of shop to refer to it");
    edit(
        "a backend of an unknown kind",
        "name: orders",
        "kind: Thing, name: orders",
        "bad.yaml:6: HTTPRoute shop/bad: spec.rules[0].backendRefs[0].kind: InvalidKind: \"/Thing\" cannot be a backend; a Service can, and a Backend of group chancery.io");
    edit(
        "a Gateway that does not exist",
        "name: edge",
        "name: gone",
        "bad.yaml:5: HTTPRoute shop/bad: spec.parentRefs[0]: NoMatchingParent: Gateway shop/gone does not exist");
    edit(
        "a listener that does not exist",
        "name: edge",
        "name: edge, sectionName: gone",
        "bad.yaml:5: HTTPRoute shop/bad: spec.parentRefs[0]: NoMatchingParent: Gateway shop/edge has no listener gone; it has [http]");
    add(
        "an object twice",
        GOOD,
        "base.yaml:15: HTTPRoute shop/good: Duplicate: declared at base.yaml:15 and before at bad.yaml:1; the first counts");
  }

  private void meaning() {
    edit(
        "a regex",
        "value: /bad",
        "type: RegularExpression, value: \"/a(b\"",
        "bad.yaml:6: HTTPRoute shop/bad: spec.rules[0].matches[0].path.value: Invalid: \"/a(b\" is not an RE2 expression: missing closing )");
    edit(
        "a path without a slash",
        "value: /bad",
        "value: bad",
        "bad.yaml:6: HTTPRoute shop/bad: spec.rules[0].matches[0].path.value: Invalid: \"bad\" must start with \"/\"");
    edit(
        "a filter twice",
        "backendRefs",
        "filters: [{type: URLRewrite, urlRewrite: {hostname: a.example}},"
            + " {type: URLRewrite, urlRewrite: {hostname: b.example}}], backendRefs",
        "bad.yaml:6: HTTPRoute shop/bad: spec.rules[0].filters[1]: IncompatibleFilters: URLRewrite stands twice; once at most");
    edit(
        "a filter of another type than it says",
        "backendRefs",
        "filters: [{type: RequestRedirect, urlRewrite: {hostname: a.example}}], backendRefs",
        "bad.yaml:6: HTTPRoute shop/bad: spec.rules[0].filters[0].requestRedirect: Required: a filter of type RequestRedirect needs it");
    edit(
        "a time-out that is none",
        "backendRefs",
        "timeouts: {request: soon}, backendRefs",
        "bad.yaml:6: HTTPRoute shop/bad: spec.rules[0].timeouts.request: Invalid: \"soon\" does not match ^([0-9]{1,5}(h|m|s|ms)){1,4}$");
    add(
        "a policy whose provider does not exist",
        BAD.replace("gateway.networking.k8s.io/v1", "chancery.io/v1alpha1")
            .replace("HTTPRoute", "Route")
            .replace("backendRefs", "policy: {jwt: {providers: [{name: gone}]}}, backendRefs"),
        "bad.yaml:6: Route shop/bad: spec.rules[0].policy.jwt.providers[0]: RefNotFound: IdentityProvider shop/gone does not exist");
  }

  private void otherKinds() {
    add(
        "a Backend of two types",
        """
        apiVersion: chancery.io/v1alpha1
        kind: Backend
        metadata: {name: both, namespace: shop}
        spec: {dns: {host: a.example, port: 80}, static: {endpoints: [{address: 10.0.0.1, port: 80}]}}
        """,
        "bad.yaml:4: Backend shop/both: spec: Invalid: exactly one of static and dns must be set; found the fields dns, static");
    add(
        "a name where an address belongs",
        """
        apiVersion: chancery.io/v1alpha1
        kind: Backend
        metadata: {name: named, namespace: shop}
        spec: {static: {endpoints: [{address: a.example, port: 80}]}}
        """,
        "bad.yaml:4: Backend shop/named: spec.static.endpoints[0].address: Invalid: \"a.example\" is not an IP address; a name goes into dns");
    add(
        "a Gateway of a class that does not exist",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: other, namespace: shop}
        spec: {gatewayClassName: gone, listeners: [{name: http, port: 80, protocol: HTTP}]}
        """,
        "bad.yaml:4: Gateway shop/other: spec.gatewayClassName: RefNotFound: GatewayClass gone does not exist");
    add(
        "a listener with the port and host of another",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: other, namespace: shop}
        spec:
          gatewayClassName: chancery
          addresses: [{value: 127.0.0.1}]
          listeners: [{name: http, port: ${port}, protocol: HTTP}]
        """,
        "bad.yaml:7: Gateway shop/other: spec.listeners[0]: HostnameConflict: another listener has port ${port} and hostname *");
    add(
        "an HTTPS listener without its Secret",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: other, namespace: shop}
        spec:
          gatewayClassName: chancery
          addresses: [{value: 127.0.0.1}]
          listeners:
          - {name: https, port: ${port2}, protocol: HTTPS, tls: {certificateRefs: [{name: gone}]}}
        """,
        "bad.yaml:8: Gateway shop/other: spec.listeners[0].tls.certificateRefs[0]: InvalidCertificateRef: Secret shop/gone does not exist");
  }
}
