package io.chancery.it.crds;

import static io.chancery.crd.Kinds.ROUTE;
import static io.chancery.it.crds.Row.list;

import java.util.ArrayList;
import java.util.List;

/** Routes: what stands in them is what stands in most kinds. */
final class RouteRows {
  private final List<Row> rows = new ArrayList<>();

  static List<Row> all() {
    RouteRows table = new RouteRows();
    table.structure();
    table.bounds();
    table.rules();
    table.matches();
    table.filters();
    table.policies();
    return table.rows;
  }

  private void structure() {
    rows.add(new Row(ROUTE, "no spec at all", "", true));
    rows.add(new Row(ROUTE, "an unknown field beside spec", "spec: {}\nspecs: {}", false));
    accept("an empty spec", "{}");
    accept("one of everything", FULL);
    reject("a spec that is a list", "[]");
    reject("a spec that is a string", "all");
    accept("null where nothing has to be", "{parentRefs: null, hostnames: null, rules: null}");
    reject("a null in a list", "{hostnames: [null]}");
    reject("a number in a list of strings", "{hostnames: [5]}");
    reject("a string for a list", "{hostnames: a.example}");
    reject("a map for a list", "{rules: {name: a}}");
    reject("an unknown field", "{hostname: [a.example]}");
    reject("an unknown field in a list", "{rules: [{nam: a}]}");
    reject("an unknown field in a field", "{policy: {jwtt: {}}}");
    reject("a name in other case", "{Hostnames: [a.example]}");
    accept("anything where the kind says anything", filter("type: CORS, cors: {a: [1, {b: c}]}"));
  }

  private void bounds() {
    accept("16 host names", "{hostnames: " + list(16, "h#.example") + "}");
    reject("17 host names", "{hostnames: " + list(17, "h#.example") + "}");
    accept("a wildcard", "{hostnames: [\"*.shop.example\"]}");
    reject("a wildcard within a label", "{hostnames: [\"a*.shop.example\"]}");
    reject("a host name in upper case", "{hostnames: [Shop.example]}");
    reject("an empty host name", "{hostnames: [\"\"]}");
    accept("32 parents", "{parentRefs: " + list(32, "{name: g#}") + "}");
    reject("33 parents", "{parentRefs: " + list(33, "{name: g#}") + "}");
    reject("a parent without a name", "{parentRefs: [{sectionName: http}]}");
    reject("a parent whose name is null", "{parentRefs: [{name: null}]}");
    reject("a parent whose name is empty", "{parentRefs: [{name: \"\"}]}");
    accept("a name of 253 characters", "{parentRefs: [{name: " + "a".repeat(253) + "}]}");
    reject("a name of 254 characters", "{parentRefs: [{name: " + "a".repeat(254) + "}]}");
    accept("a name of 253 characters of two bytes", "{rules: [{name: " + "ä".repeat(253) + "}]}");
    accept(
        "253 characters outside of the first plane", "{rules: [{name: " + "😀".repeat(253) + "}]}");
    reject("port 0", "{parentRefs: [{name: a, port: 0}]}");
    accept("port 65535", "{parentRefs: [{name: a, port: 65535}]}");
    reject("port 65536", "{parentRefs: [{name: a, port: 65536}]}");
    reject("a port in quotes", "{parentRefs: [{name: a, port: \"80\"}]}");
    reject("a port with a fraction", "{parentRefs: [{name: a, port: 80.5}]}");
    reject("a port that no integer holds", "{parentRefs: [{name: a, port: 99999999999999999999}]}");
    reject("no rules in the list of rules", "{rules: []}");
    accept("64 rules", "{rules: " + list(64, "{name: r#}") + "}");
    reject("65 rules", "{rules: " + list(65, "{name: r#}") + "}");
    accept("weight 0", backend("name: a, port: 80, weight: 0"));
    reject("a weight below 0", backend("name: a, port: 80, weight: -1"));
    reject("a weight above a million", backend("name: a, port: 80, weight: 1000001"));
  }

  private void rules() {
    accept("rules of two names", "{rules: [{name: a}, {name: b}, {}, {}]}");
    reject("two rules of one name", "{rules: [{name: a}, {name: b}, {name: a}]}");
    reject("a rule with an empty name", "{rules: [{name: \"\"}]}");
    reject("a Service without a port", backend("name: a"));
    reject(
        "the same, with the defaults written out", backend("group: \"\", kind: Service, name: a"));
    accept("a Backend without a port", backend("group: chancery.io, kind: Backend, name: a"));
    accept(
        "null for what has a default",
        backend("group: null, kind: null, name: a, port: 1, weight: null"));
    reject(
        "a redirect with a backend",
        "{rules: [{filters: [{type: RequestRedirect, requestRedirect: {}}], backendRefs: [{name: a, port: 1}]}]}");
    accept(
        "a redirect with an empty list of backends",
        "{rules: [{filters: [{type: RequestRedirect, requestRedirect: {}}], backendRefs: []}]}");
  }

  private void matches() {
    accept("an empty match", match("{}"));
    accept("a path by default", match("{path: {}}"));
    accept("an exact path", match("{path: {type: Exact, value: /a/b.c/..d}}"));
    accept("an expression", match("{path: {type: RegularExpression, value: \"a//b?#\"}}"));
    reject("a path without a slash", match("{path: {value: a}}"));
    reject("an empty path", match("{path: {value: \"\"}}"));
    reject("an empty segment", match("{path: {value: /a//b}}"));
    reject("a dot segment", match("{path: {value: /a/./b}}"));
    reject("a dot segment at the end", match("{path: {value: /a/..}}"));
    reject("a query", match("{path: {value: \"/a?b\"}}"));
    reject("a fragment", match("{path: {value: \"/a#b\"}}"));
    reject("an encoded slash", match("{path: {value: /a%2Fb}}"));
    reject("a long path", match("{path: {value: /" + "a".repeat(1024) + "}}"));
    reject("an unknown way to compare", match("{path: {type: Prefix, value: /a}}"));
    accept("a method", match("{method: GET}"));
    reject("a method in lower case", match("{method: get}"));
    reject("a header without a value", match("{headers: [{name: a}]}"));
    reject("a header with an empty value", match("{headers: [{name: a, value: \"\"}]}"));
    reject("17 headers", match("{headers: " + list(17, "{name: h#, value: x}") + "}"));
    accept("two headers", match("{headers: [{name: a, value: b}, {name: A, value: b}]}"));
    reject("a header twice", match("{headers: [{name: a, value: b}, {name: a, value: c}]}"));
    reject("a parameter twice", match("{queryParams: [{name: a, value: b}, {name: a, value: c}]}"));
    reject("a boolean for a string", match("{headers: [{name: a, value: true}]}"));
  }

  private void filters() {
    accept("a rewrite", filter("type: URLRewrite, urlRewrite: {hostname: a.example}"));
    reject("no type", filter("urlRewrite: {hostname: a.example}"));
    reject("an unknown type", filter("type: Rewrite"));
    reject("a type without its field", filter("type: RequestRedirect"));
    reject("a type with the field of another", filter("type: RequestRedirect, urlRewrite: {}"));
    reject(
        "a type with a field too many",
        filter("type: URLRewrite, urlRewrite: {}, requestRedirect: {}"));
    reject(
        "a filter twice",
        "{rules: [{filters: " + list(2, "{type: URLRewrite, urlRewrite: {hostname: a#}}") + "}]}");
    accept("a mirror twice", "{rules: [{filters: " + list(2, "{type: RequestMirror}") + "}]}");
    reject(
        "a redirect and a rewrite",
        "{rules: [{filters: [{type: URLRewrite, urlRewrite: {}}, {type: RequestRedirect, requestRedirect: {}}]}]}");
    accept("status 308", filter("type: RequestRedirect, requestRedirect: {statusCode: 308}"));
    reject("status 304", filter("type: RequestRedirect, requestRedirect: {statusCode: 304}"));
    accept("a new path", path("type: ReplaceFullPath, replaceFullPath: /a"));
    reject("a new path of another type", path("type: ReplacePrefixMatch, replaceFullPath: /a"));
    reject("no new path", path("type: ReplaceFullPath"));
    accept("a header to set", set("{name: x-a, value: b}"));
    reject("a header to set twice", set("{name: x-a, value: b}, {name: x-a, value: b}"));
    reject("a header name with a space", set("{name: \"x a\", value: b}"));
    reject("a header name with a line break at its end", set("{name: \"x-a\\n\", value: b}"));
  }

  private void policies() {
    accept("a policy of nothing", "{policy: {}}");
    accept("15 seconds", "{policy: {timeouts: {request: 15s}}}");
    accept("no limit", "{policy: {timeouts: {request: 0s, backendRequest: 1h}}}");
    accept("four units", "{policy: {timeouts: {request: 1h2m3s4ms}}}");
    accept("the longest", "{policy: {timeouts: {request: 99999h99999h99999h99999h}}}");
    reject("five units", "{policy: {timeouts: {request: 1h1h1h1h1h}}}");
    reject("a duration without a unit", "{policy: {timeouts: {request: \"15\"}}}");
    reject("a duration with a fraction", "{policy: {timeouts: {request: 1.5s}}}");
    reject("an attempt above the whole", timeouts("request: 1s, backendRequest: 1001ms"));
    accept("an attempt as long as the whole", timeouts("request: 1m, backendRequest: 60s"));
    reject("tokens of nobody", "{policy: {jwt: {providers: []}}}");
    reject("tokens without providers", "{policy: {jwt: {}}}");
    reject("a word for a boolean", "{policy: {jwt: {providers: [{name: a}], optional: \"true\"}}}");
  }

  private static String backend(String fields) {
    return "{rules: [{backendRefs: [{" + fields + "}]}]}";
  }

  private static String match(String match) {
    return "{rules: [{matches: [" + match + "]}]}";
  }

  private static String filter(String fields) {
    return "{rules: [{filters: [{" + fields + "}]}]}";
  }

  private static String path(String fields) {
    return filter("type: URLRewrite, urlRewrite: {path: {" + fields + "}}");
  }

  private static String set(String header) {
    return "{policy: {headers: {request: {set: [" + header + "]}}}}";
  }

  private static String timeouts(String fields) {
    return "{rules: [{policy: {timeouts: {" + fields + "}}}]}";
  }

  private void accept(String what, String spec) {
    rows.add(Row.accept(ROUTE, what, spec));
  }

  private void reject(String what, String spec) {
    rows.add(Row.reject(ROUTE, what, spec));
  }

  private static final String FULL =
      """

        parentRefs: [{name: edge, sectionName: https, namespace: infra, port: 443}]
        hostnames: [api.shop.example]
        policy: {jwt: {providers: [{name: shop-login}]}}
        rules:
        - name: read
          matches:
          - path: {type: PathPrefix, value: /orders}
            method: GET
            headers: [{name: x-a, value: b}]
            queryParams: [{type: RegularExpression, name: q, value: "[0-9]+"}]
          filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [x-b]}}]
          backendRefs: [{name: orders, port: 8080}, {group: chancery.io, kind: Backend, name: old, weight: 9}]
          policy:
            timeouts: {request: 5s, backendRequest: 2s}
            headers: {response: {add: [{name: x-c, value: d}]}}
      """;
}
