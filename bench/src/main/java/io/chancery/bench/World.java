package io.chancery.bench;

import io.chancery.compile.Compilation;
import io.chancery.crd.FleetSpec;
import io.chancery.crd.Kinds;
import io.chancery.crd.Meta;
import io.chancery.crd.core.EndpointSliceBody;
import io.chancery.crd.core.ServiceSpec;
import io.chancery.crd.gateway.BackendReference;
import io.chancery.crd.gateway.GatewayClassSpec;
import io.chancery.crd.gateway.GatewaySpec;
import io.chancery.crd.gateway.HttpMatch;
import io.chancery.crd.gateway.HttpRouteSpec;
import io.chancery.crd.gateway.ParentReference;
import io.chancery.engine.Write;
import io.chancery.model.Ref;
import io.chancery.source.Declared;
import io.chancery.source.ObjectTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Gateway with many routes: each has one host, one path prefix and two weighted backends. Equal
 * sizes give equal worlds.
 *
 * @param routes how many routes
 * @param hosts among how many hosts they are spread
 */
public record World(int routes, int hosts) {
  private static final String NAMESPACE = "bench";
  private static final int ROUTES_PER_SERVICE = 5;

  /** Of the Gateway, for a real Envoy; nobody sends anything there. */
  private static final String ADDRESS = "127.0.0.1";

  private static final int PORT = 18_080;

  /** All objects, as writes to the tables of a compilation. */
  public List<Write<?, ?>> writes(Compilation compilation) {
    ObjectTables tables = compilation.objects();
    List<Write<?, ?>> writes = new ArrayList<>();
    writes.add(
        tables.write(
            Kinds.GATEWAY_CLASS,
            new Ref("GatewayClass", "", "chancery"),
            new Declared<>(
                meta("", "chancery"),
                new GatewayClassSpec("chancery.io/gateway-controller", null, null))));
    writes.add(
        tables.write(
            Kinds.GATEWAY,
            ref("Gateway", "edge"),
            new Declared<>(meta(NAMESPACE, "edge"), gateway())));
    for (int i = 0; i <= routes / ROUTES_PER_SERVICE; i++) {
      service("s" + i, i, tables, writes);
    }
    for (int i = 0; i < routes; i++) {
      writes.add(route(i, "/p" + i / hosts, tables));
    }
    return writes;
  }

  /** How the Envoys of the world get their routes. */
  public Write<?, ?> routeTables(FleetSpec.RouteTables tables, ObjectTables objects) {
    return objects.write(
        Kinds.FLEET,
        new Ref("Fleet", "", "default"),
        new Declared<>(meta("", "default"), new FleetSpec(0, tables, Map.of())));
  }

  /** One route, with a path of the caller's choice. */
  public Write<?, ?> route(int number, String path, ObjectTables tables) {
    String name = "r" + number;
    HttpMatch match =
        new HttpMatch(
            new HttpMatch.Path(HttpMatch.PathType.PathPrefix, path), List.of(), List.of(), null);
    HttpRouteSpec.Rule rule =
        new HttpRouteSpec.Rule(
            null,
            List.of(match),
            List.of(),
            List.of(backend(number, 90), backend(number + 1, 10)),
            null,
            null,
            null);
    ParentReference parent =
        new ParentReference("gateway.networking.k8s.io", "Gateway", null, "edge", null, null);
    HttpRouteSpec spec =
        new HttpRouteSpec(
            List.of(parent), null, List.of("h" + number % hosts + ".example"), List.of(rule));
    return tables.write(
        Kinds.HTTP_ROUTE, ref("HTTPRoute", name), new Declared<>(meta(NAMESPACE, name), spec));
  }

  private BackendReference backend(int number, int weight) {
    String service = "s" + (number % routes) / ROUTES_PER_SERVICE;
    return new BackendReference("", "Service", null, service, 80, weight, List.of());
  }

  private static void service(
      String name, int number, ObjectTables tables, List<Write<?, ?>> writes) {
    ServiceSpec spec =
        new ServiceSpec(List.of(new ServiceSpec.Port(null, 80, null, null)), null, null);
    writes.add(
        tables.write(
            Kinds.SERVICE, ref("Service", name), new Declared<>(meta(NAMESPACE, name), spec)));
    String address =
        "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
    EndpointSliceBody slice =
        new EndpointSliceBody(
            "IPv4",
            List.of(new EndpointSliceBody.Endpoint(List.of(address), null, null)),
            List.of(new EndpointSliceBody.Port(null, 8080, null)));
    Meta meta =
        new Meta(NAMESPACE, name, Map.of("kubernetes.io/service-name", name), Map.of(), 1, null);
    writes.add(
        tables.write(
            Kinds.ENDPOINT_SLICE, ref("EndpointSlice", name), new Declared<>(meta, slice)));
  }

  private static GatewaySpec gateway() {
    GatewaySpec.Listener listener =
        new GatewaySpec.Listener("http", null, PORT, "HTTP", null, null);
    List<GatewaySpec.Address> addresses = List.of(new GatewaySpec.Address("IPAddress", ADDRESS));
    return new GatewaySpec("chancery", List.of(listener), addresses, null, null, null, null);
  }

  private static Meta meta(String namespace, String name) {
    return new Meta(namespace, name, Map.of(), Map.of(), 1, null);
  }

  private static Ref ref(String kind, String name) {
    return new Ref(kind, NAMESPACE, name);
  }
}
