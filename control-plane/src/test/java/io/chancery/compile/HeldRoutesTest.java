package io.chancery.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chancery.crd.Kinds;
import io.chancery.engine.Write;
import io.chancery.model.Condition;
import io.chancery.model.FleetName;
import io.chancery.model.ObjectStatus;
import io.chancery.model.Ref;
import io.chancery.source.file.FileObjects;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One Envoy that refuses tables in which a bad route is, and what it runs in the end. */
class HeldRoutesTest {
  private static final int MANY = 16;

  @TempDir private Path directory;
  private final Compilation compilation = new Compilation();
  private final Map<Ref, ObjectStatus> statuses = new HashMap<>();
  private FileObjects objects;
  private Predicate<Route> bad = route -> hasRedirect(route);

  /** Paths of the routes that the Envoy runs, with what they do. */
  private Map<String, String> running = new TreeMap<>();

  private long runningBatch = -1;
  private FleetName table = new FleetName("default", "");
  private int offers;

  @BeforeEach
  void start() throws IOException {
    objects = new FileObjects(List.of(directory), compilation.objects());
    write(
        "base",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: chancery}
        spec: {controllerName: chancery.io/gateway-controller}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: shop}
        spec: {gatewayClassName: chancery, listeners: [{name: http, port: 80, protocol: HTTP}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: orders, namespace: shop}
        spec: {ports: [{port: 80}]}
        """);
  }

  private void write(String name, String yaml) throws IOException {
    Files.writeString(directory.resolve(name + ".yaml"), yaml);
  }

  /** A route that the Envoy takes. */
  private void good(String name, String path) throws IOException {
    route(name, path, "backendRefs: [{name: orders, port: 80}]");
  }

  /** A route that the Envoy refuses. */
  private void bad(String name, String path) throws IOException {
    route(name, path, "filters: [{type: RequestRedirect, requestRedirect: {hostname: b.example}}]");
  }

  private void route(String name, String path, String action) throws IOException {
    write(
        name,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: %s, namespace: shop}
        spec:
          parentRefs: [{name: edge}]
          rules: [{matches: [{path: {type: Exact, value: %s}}], %s}]
        """
            .formatted(name, path, action));
  }

  private static boolean hasRedirect(Route route) {
    return route.hasRedirect();
  }

  private void settle() throws IOException {
    settle(compilation.apply(objects.refresh()));
  }

  /** Lets the Envoy answer until there is nothing new to answer. */
  private void settle(Compiled first) {
    Compiled compiled = first;
    while (true) {
      compiled
          .statuses()
          .forEach((ref, status) -> status.ifPresent(known -> statuses.put(ref, known)));
      Optional<ResourceChange> change =
          compiled.changes().stream()
              .filter(it -> it.kind().equals(ResourceKind.ROUTE_CONFIGURATION))
              .findFirst();
      if (change.isEmpty()) {
        return;
      }
      table = new FleetName(change.get().fleet(), change.get().name());
      compiled = answer(change.get().resource().orElseThrow());
    }
  }

  private Compiled answer(Resource offered) {
    offers++;
    List<Route> routes = routes(offered);
    long batch = compilation.batches();
    if (routes.stream().anyMatch(bad)) {
      return verdict(new TableVerdict(false, runningBatch + 1, batch, "no " + offers));
    }
    running = new TreeMap<>();
    routes.forEach(route -> running.put(route.getMatch().getPath(), action(route)));
    runningBatch = batch;
    return verdict(new TableVerdict(true, 0, batch, ""));
  }

  private Compiled verdict(TableVerdict verdict) {
    return compilation.apply(List.of(compilation.verdict(table, verdict)));
  }

  private static List<Route> routes(Resource offered) {
    try {
      List<Route> routes = new ArrayList<>();
      RouteConfiguration.parseFrom(offered.bytes())
          .getVirtualHostsList()
          .forEach(host -> routes.addAll(host.getRoutesList()));
      return routes;
    } catch (InvalidProtocolBufferException cause) {
      throw new AssertionError(cause);
    }
  }

  private static String action(Route route) {
    return route.hasDirectResponse()
        ? "" + route.getDirectResponse().getStatus()
        : route.getActionCase().name();
  }

  private Condition programmed(String name) {
    ObjectStatus status =
        Objects.requireNonNull(statuses.get(new Ref("HTTPRoute", "shop", name)), name);
    return status.parents().getFirst().conditions().stream()
        .filter(condition -> condition.type().equals("Programmed"))
        .findFirst()
        .orElse(Condition.holds("Programmed", "Programmed"));
  }

  private void assertRejected(String... names) {
    List<String> rejected = new ArrayList<>();
    for (Ref ref : statuses.keySet()) {
      if (ref.kind().equals("HTTPRoute") && programmed(ref.name()).reason().equals("Rejected")) {
        rejected.add(ref.name());
      }
    }
    assertThat(rejected).containsExactlyInAnyOrder(names);
  }

  @Test
  void oneOfManyNewOnesIsClosedAndAllOthersRun() throws IOException {
    for (int i = 0; i < MANY; i++) {
      good("route-" + i, "/" + i);
    }
    bad("route-5", "/5");
    settle();
    assertThat(running).hasSize(MANY).containsEntry("/5", "500").containsEntry("/6", "ROUTE");
    assertThat(running.values()).containsOnlyOnce("500");
    assertRejected("route-5");
    // All, none of them, ⌈log₂ 16⌉ + 1 to find it, after each refusal one without, and the rest.
    assertThat(offers).isLessThanOrEqualTo(2 + 2 * 5 + 1);
  }

  @Test
  void severalCulpritsAreAllFound() throws IOException {
    for (int i = 0; i < MANY; i++) {
      good("route-" + i, "/" + i);
    }
    for (int i : new int[] {0, 7, 15}) {
      bad("route-" + i, "/" + i);
    }
    settle();
    assertThat(running).hasSize(MANY);
    assertThat(running.values().stream().filter("500"::equals)).hasSize(3);
    assertRejected("route-0", "route-7", "route-15");
  }

  @Test
  void whatRanBeforeRunsOnHoweverOftenItIsEditedToSomethingBad() throws IOException {
    good("a", "/good");
    good("other", "/other");
    settle();
    for (int i = 0; i < 12; i++) {
      bad("a", "/bad-" + i);
      good("other", "/other-" + i);
      settle();
      assertThat(running)
          .as("edit %d", i)
          .containsOnlyKeys("/good", "/other-" + i)
          .containsEntry("/good", "ROUTE");
      assertRejected("a");
    }
    good("a", "/better");
    settle();
    assertThat(running).containsOnlyKeys("/better", "/other-11");
    assertRejected();
  }

  @Test
  void whoseMatchIsRefusedIsLeftOut() throws IOException {
    good("other", "/other");
    settle();
    bad = route -> route.getMatch().getPath().equals("/bad");
    good("a", "/bad");
    settle();
    assertThat(running).containsOnlyKeys("/other");
    assertRejected("a");
  }

  @Test
  void aDeletedCulpritIsForgotten() throws IOException {
    good("other", "/other");
    bad("a", "/a");
    settle();
    assertThat(running).containsEntry("/a", "500");
    Ref ref = new Ref("HTTPRoute", "shop", "a");
    settle(
        compilation.apply(
            List.of(new Write<>(compilation.objects().of(Kinds.HTTP_ROUTE), ref, null))));
    assertThat(running).containsOnlyKeys("/other");
    assertThat(compilation.heldRoutes.rows()).isEmpty();
  }

  @Test
  void whatIsSaidOfATableThatIsNotSearchedChangesNothing() throws IOException {
    good("other", "/other");
    bad("a", "/a");
    settle();
    assertThat(verdict(new TableVerdict(true, 0, 1, "")).changes()).isEmpty();
    table = new FleetName("default", "unknown");
    assertThat(verdict(new TableVerdict(false, 0, 99, "unknown")).changes()).isEmpty();
  }
}
