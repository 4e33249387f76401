package io.chancery.it.crds;

import static io.chancery.crd.Kinds.BACKEND;
import static io.chancery.crd.Kinds.BACKEND_POLICY;
import static io.chancery.crd.Kinds.CONSUMER;
import static io.chancery.crd.Kinds.FLEET;
import static io.chancery.crd.Kinds.IDENTITY_PROVIDER;
import static io.chancery.crd.Kinds.POLICY;
import static io.chancery.it.crds.Row.list;

import io.chancery.crd.ObjectKind;
import java.util.ArrayList;
import java.util.List;

/** All own kinds but Route. */
final class OtherRows {
  private final List<Row> rows = new ArrayList<>();

  static List<Row> all() {
    OtherRows table = new OtherRows();
    table.backends();
    table.backendPolicies();
    table.policies();
    table.identityProviders();
    table.consumers();
    table.fleets();
    return table.rows;
  }

  private void backends() {
    rows.add(new Row(BACKEND, "no spec at all", "", false));
    reject(BACKEND, "nowhere to go", "{}");
    accept(BACKEND, "a name", "{dns: {host: a.example, port: 80}}");
    accept(BACKEND, "addresses", "{static: {endpoints: [{address: 10.0.0.1, port: 80}]}}");
    reject(
        BACKEND,
        "both",
        "{dns: {host: a, port: 80}, static: {endpoints: [{address: b, port: 1}]}}");
    accept(BACKEND, "one and null", "{dns: {host: a, port: 80}, static: null}");
    reject(BACKEND, "null and null", "{dns: null, static: null}");
    accept(
        BACKEND,
        "two ports",
        "{static: {endpoints: [{address: a, port: 1}, {address: a, port: 2}]}}");
    reject(
        BACKEND,
        "an endpoint twice",
        "{static: {endpoints: [{address: a, port: 1, weight: 2}, {address: a, port: 1}]}}");
    reject(BACKEND, "no endpoint", "{static: {endpoints: []}}");
    reject(BACKEND, "a wildcard", "{dns: {host: \"*.example\", port: 80}}");
    reject(BACKEND, "no port", "{dns: {host: a.example}}");
    accept(BACKEND, "a refresh of a second", "{dns: {host: a, port: 80, refresh: 1000ms}}");
    reject(BACKEND, "a refresh below a second", "{dns: {host: a, port: 80, refresh: 999ms}}");
    reject(BACKEND, "an unknown protocol", "{dns: {host: a, port: 80}, protocol: HTTP3}");
    reject(BACKEND, "a field of another kind", "{dns: {host: a, port: 80}, targetRefs: []}");
  }

  private void backendPolicies() {
    accept(BACKEND_POLICY, "one of everything", EXAMPLE);
    reject(BACKEND_POLICY, "nothing to say", "{targetRefs: [{name: a}]}");
    reject(BACKEND_POLICY, "no target", "{targetRefs: [], connection: {}}");
    accept(BACKEND_POLICY, "defaults only", "{targetRefs: [{name: a}], connection: {}}");
    accept(
        BACKEND_POLICY,
        "a Backend",
        "{targetRefs: [{group: chancery.io, kind: Backend, name: a}], circuitBreaker: {}}");
    reject(
        BACKEND_POLICY,
        "a Backend of no group",
        "{targetRefs: [{kind: Backend, name: a}], connection: {}}");
    backendPolicy(false, "two algorithms", "loadBalancing: {random: {}, roundRobin: {}}");
    backendPolicy(
        false, "three algorithms", "loadBalancing: {random: {}, roundRobin: {}, leastRequest: {}}");
    backendPolicy(false, "no algorithm", "loadBalancing: {zoneAware: {}}");
    backendPolicy(false, "a slow start at random", "loadBalancing: {random: {}, slowStart: {}}");
    backendPolicy(
        false,
        "a slow start of no time",
        "loadBalancing: {roundRobin: {}, slowStart: {window: 0s}}");
    backendPolicy(false, "a field where none is", "loadBalancing: {random: {seed: 1}}");
    backendPolicy(false, "one choice", "loadBalancing: {leastRequest: {choices: 1}}");
    backendPolicy(false, "no probe", "healthCheck: {interval: 5s}");
    backendPolicy(false, "two probes", "healthCheck: {http: {}, tcp: {}}");
    backendPolicy(true, "a probe by default", "healthCheck: {http: {}}");
    backendPolicy(false, "a probe longer than its interval", "healthCheck: {tcp: {}, timeout: 6s}");
    backendPolicy(
        true, "a longer interval too", "healthCheck: {tcp: {}, timeout: 6s, interval: 10s}");
    backendPolicy(false, "a path that is none", "healthCheck: {http: {path: healthz}}");
    backendPolicy(false, "more than all of them", "outlierDetection: {maxEjected: 101%}");
    backendPolicy(false, "a percentage without its sign", "outlierDetection: {maxEjected: \"10\"}");
    backendPolicy(false, "no time to connect", "connection: {connectTimeout: 0ms}");
    backendPolicy(false, "no connections", "circuitBreaker: {maxConnections: 0}");
  }

  private void policies() {
    accept(
        POLICY,
        "defaults and overrides",
        "{targetRefs: [{kind: Gateway, name: a}], defaults: {timeouts: {}},"
            + " overrides: {requireAuthentication: true}}");
    policy(false, "neither defaults nor overrides", "kind: Gateway, name: a", "");
    policy(false, "defaults of nothing", "kind: Gateway, name: a", ", defaults: {}");
    policy(false, "overrides of nothing", "kind: Gateway, name: a", ", overrides: {}");
    policy(
        false,
        "a demand of nothing",
        "kind: Gateway, name: a",
        ", overrides: {requireAuthentication: false}");
    policy(
        false,
        "a demand by default",
        "kind: Gateway, name: a",
        ", defaults: {requireAuthentication: true}");
    policy(
        true,
        "one listener",
        "kind: Gateway, name: a, sectionName: b",
        ", defaults: {timeouts: {}}");
    policy(
        true, "a namespace", "group: \"\", kind: Namespace, name: a", ", defaults: {headers: {}}");
    policy(
        false,
        "a section of a namespace",
        "group: \"\", kind: Namespace, name: a, sectionName: b",
        ", defaults: {headers: {}}");
    policy(false, "a kind of another group", "kind: Route, name: a", ", defaults: {headers: {}}");
    policy(
        true, "a Route", "group: chancery.io, kind: Route, name: a", ", defaults: {headers: {}}");
    policy(false, "no kind", "name: a", ", defaults: {headers: {}}");
    reject(POLICY, "no target", "{defaults: {headers: {}}}");
    reject(
        POLICY,
        "17 targets",
        "{defaults: {headers: {}}, targetRefs: " + list(17, "{kind: Gateway, name: g#}") + "}");
  }

  private void identityProviders() {
    accept(IDENTITY_PROVIDER, "keys by URL", provider("jwks: {uri: \"https://a.example/keys\"}"));
    accept(IDENTITY_PROVIDER, "keys inline", provider("jwks: {inline: \"{}\"}"));
    reject(IDENTITY_PROVIDER, "no keys", provider("jwks: {}"));
    reject(IDENTITY_PROVIDER, "no jwks", provider("claimsToHeaders: []"));
    reject(IDENTITY_PROVIDER, "keys from two places", provider("jwks: {uri: a, inline: \"{}\"}"));
    reject(IDENTITY_PROVIDER, "keys too fresh", provider("jwks: {uri: a, refresh: 1ms}"));
    reject(IDENTITY_PROVIDER, "no audience", "{issuer: a, audiences: [], jwks: {uri: a}}");
    reject(
        IDENTITY_PROVIDER,
        "two claims in a header",
        provider(
            "jwks: {uri: a}, claimsToHeaders: [{claim: a, header: x}, {claim: b, header: x}]"));
    reject(
        IDENTITY_PROVIDER,
        "a header that is none",
        provider("jwks: {uri: a}, claimsToHeaders: [{claim: sub, header: \"a:\"}]"));
  }

  private void consumers() {
    accept(CONSUMER, "nothing but a name", "{}");
    accept(
        CONSUMER,
        "two keys",
        "{apiKeys: [{secretRef: {name: a}}, {secretRef: {name: a, key: b}}]}");
    reject(
        CONSUMER,
        "a key twice",
        "{apiKeys: [{secretRef: {name: a}}, {secretRef: {name: a, key: apiKey}}]}");
    reject(CONSUMER, "a key without its Secret", "{apiKeys: [{}]}");
    reject(CONSUMER, "a key in plain sight", "{apiKeys: [{value: secret}]}");
    accept(CONSUMER, "groups and a plan", "{groups: [partners, A.b_c-1], plan: gold}");
    reject(CONSUMER, "a group with a space", "{groups: [\"a b\"]}");
    reject(CONSUMER, "a plan of 64 letters", "{plan: " + "a".repeat(64) + "}");
  }

  private void fleets() {
    accept(FLEET, "nothing but a name", "{}");
    accept(FLEET, "scoped tables", "{routeTables: {type: Scoped, scoped: {shards: 16}}}");
    accept(FLEET, "scoped tables by default", "{routeTables: {type: Scoped}}");
    reject(FLEET, "shards of a single table", "{routeTables: {type: Single, scoped: {}}}");
    reject(FLEET, "shards of a single table by default", "{routeTables: {scoped: {shards: 16}}}");
    reject(FLEET, "no shard", "{routeTables: {type: Scoped, scoped: {shards: 0}}}");
    reject(FLEET, "hops below 0", "{trustedHops: -1}");
    accept(FLEET, "a runtime key", "{runtime: {a.b: \"50\"}}");
    reject(FLEET, "a runtime value without quotes", "{runtime: {a.b: 50}}");
  }

  private void backendPolicy(boolean taken, String what, String field) {
    String spec = "spec: {targetRefs: [{name: a}], " + field + "}";
    rows.add(new Row(BACKEND_POLICY, what, spec, taken));
  }

  private void policy(boolean taken, String what, String target, String fields) {
    rows.add(new Row(POLICY, what, "spec: {targetRefs: [{" + target + "}]" + fields + "}", taken));
  }

  private static String provider(String fields) {
    return "{issuer: \"https://a.example\", audiences: [a], " + fields + "}";
  }

  private void accept(ObjectKind<?> kind, String what, String spec) {
    rows.add(Row.accept(kind, what, spec));
  }

  private void reject(ObjectKind<?> kind, String what, String spec) {
    rows.add(Row.reject(kind, what, spec));
  }

  private static final String EXAMPLE =
      """

        targetRefs: [{kind: Service, name: orders}]
        loadBalancing: {leastRequest: {}, slowStart: {window: 30s}, zoneAware: {}}
        healthCheck: {http: {path: /healthz}, interval: 5s, timeout: 1s}
        outlierDetection: {consecutiveErrors: 5, baseEjection: 30s}
        circuitBreaker: {maxConnections: 1000, maxPending: 200, maxRequests: 2000}
        connection: {connectTimeout: 1s}
      """;
}
