package io.chancery.check;

import io.chancery.crd.BackendSpec;
import io.chancery.crd.Kinds;
import io.chancery.crd.core.EndpointSliceBody;
import io.chancery.crd.core.ServiceSpec;
import io.chancery.crd.gateway.BackendReference;
import io.chancery.engine.Index;
import io.chancery.engine.Reads;
import io.chancery.model.Action.BackendUse;
import io.chancery.model.Backend;
import io.chancery.model.Backend.Discovery;
import io.chancery.model.Backend.Endpoint;
import io.chancery.model.BackendKey;
import io.chancery.model.Checked;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.policy.Durations;
import io.chancery.source.Declared;
import io.chancery.source.ObjectTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Backends: references to them, and what they are. */
public final class Backends {
  private static final String SERVICE_LABEL = "kubernetes.io/service-name";
  private static final Set<String> HTTP2_PROTOCOLS = Set.of("kubernetes.io/h2c", "grpc");

  private final ObjectTables objects;
  private final RefResolver resolver;
  private final Index<Ref, Ref, Declared<EndpointSliceBody>> slicesByService;

  public Backends(ObjectTables objects, RefResolver resolver) {
    this.objects = objects;
    this.resolver = resolver;
    slicesByService = objects.of(Kinds.ENDPOINT_SLICE).indexBy(Backends::service);
  }

  private static Set<Ref> service(Ref slice, Declared<EndpointSliceBody> declared) {
    String name = declared.meta().labels().get(SERVICE_LABEL);
    return name == null ? Set.of() : Set.of(new Ref(Kinds.SERVICE.name(), slice.namespace(), name));
  }

  /** References of a rule, as far as they can be checked without the objects that they name. */
  static List<BackendUse> uses(Ref route, String rulePath, List<BackendReference> references) {
    List<BackendUse> uses = new ArrayList<>();
    for (int i = 0; i < references.size(); i++) {
      uses.add(use(route, references.get(i), rulePath + ".backendRefs[" + i + "]"));
    }
    return List.copyOf(uses);
  }

  private static BackendUse use(Ref route, BackendReference reference, String path) {
    String namespace = reference.namespace() == null ? route.namespace() : reference.namespace();
    Ref ref = new Ref(reference.kind(), namespace, reference.name());
    int port = reference.port() == null ? 0 : reference.port();
    return new BackendUse(ref, port, reference.weight(), path, fault(route, reference, path));
  }

  private static Optional<Problem> fault(Ref route, BackendReference reference, String path) {
    boolean service = reference.group().isEmpty() && reference.kind().equals(Kinds.SERVICE.name());
    boolean backend =
        reference.group().equals(Kinds.GROUP) && reference.kind().equals(Kinds.BACKEND.name());
    if (!service && !backend) {
      String message =
          "\"%s/%s\" cannot be a backend; a Service can, and a Backend of group %s"
              .formatted(reference.group(), reference.kind(), Kinds.GROUP);
      return Optional.of(new Problem(route, path + ".kind", Reason.INVALID_KIND, message));
    }
    if (service && reference.port() == null) {
      String message = "a Service needs a port";
      return Optional.of(new Problem(route, path + ".port", Reason.REQUIRED, message));
    }
    if (!reference.filters().isEmpty()) {
      String message = "filters of a backend are not supported yet; put them on the rule";
      return Optional.of(new Problem(route, path + ".filters", Reason.UNSUPPORTED_VALUE, message));
    }
    return Optional.empty();
  }

  /** Follows a reference to the backend's port. */
  Checked<BackendKey> resolve(Reads reads, Ref on, BackendUse use) {
    if (use.problem().isPresent()) {
      return Checked.rejected(use.problem().get());
    }
    Optional<Problem> refused = resolver.refusal(reads, on, use.path(), use.ref());
    if (refused.isPresent()) {
      return Checked.rejected(refused.get());
    }
    BackendKey key = new BackendKey(use.ref(), use.port());
    return switch (find(reads, key)) {
      case Checked.Ok<Backend> _ -> Checked.ok(key);
      case Checked.Rejected<Backend>(var problems) ->
          Checked.rejected(
              new Problem(on, use.path(), Reason.BACKEND_NOT_FOUND, problems.getFirst().message()));
    };
  }

  /**
   * The port of a backend, or why there is none; the problem is on the backend. Reads no endpoints:
   * a route must not be compiled again because one of them went.
   */
  public Checked<Backend> find(Reads reads, BackendKey key) {
    return key.ref().kind().equals(Kinds.BACKEND.name())
        ? reads
            .find(objects.of(Kinds.BACKEND), key.ref())
            .map(declared -> check(key, declared))
            .orElseGet(() -> missing(key.ref()))
        : reads
            .find(objects.of(Kinds.SERVICE), key.ref())
            .map(declared -> servicePort(key, declared.spec()))
            .orElseGet(() -> missing(key.ref()));
  }

  /** The port of a backend with the endpoints of now; empty if there is no such port. */
  public Optional<Backend> load(Reads reads, BackendKey key) {
    return switch (find(reads, key)) {
      case Checked.Rejected<Backend> _ -> Optional.empty();
      case Checked.Ok<Backend>(var backend) when key.ref().kind().equals(Kinds.BACKEND.name()) ->
          Optional.of(backend);
      case Checked.Ok<Backend>(var backend) ->
          Optional.of(
              new Backend(
                  key.ref(),
                  key.port(),
                  backend.http2(),
                  new Discovery.Told(endpoints(reads, key))));
    };
  }

  private static Checked<Backend> missing(Ref ref) {
    return rejected(ref, "", Reason.BACKEND_NOT_FOUND, ref + " does not exist");
  }

  /** Checks a Backend; a reference may leave the port out, and must not name another. */
  public static Checked<Backend> check(BackendKey key, Declared<BackendSpec> declared) {
    BackendSpec spec = declared.spec();
    boolean http2 =
        spec.protocol() == BackendSpec.Protocol.HTTP2
            || spec.protocol() == BackendSpec.Protocol.GRPC;
    return spec.dns() != null
        ? dns(key, spec.dns(), http2)
        : told(key, spec.staticEndpoints(), http2);
  }

  private static Checked<Backend> dns(BackendKey key, BackendSpec.Dns dns, boolean http2) {
    if (key.port() != 0 && key.port() != dns.port()) {
      return rejected(
          key.ref(),
          "",
          Reason.BACKEND_NOT_FOUND,
          key.ref() + " has port " + dns.port() + ", not " + key.port());
    }
    long refresh = Durations.millis(dns.refresh());
    return Checked.ok(
        new Backend(
            key.ref(), key.port(), http2, new Discovery.Dns(dns.host(), dns.port(), refresh)));
  }

  private static Checked<Backend> told(
      BackendKey key, BackendSpec.@Nullable StaticEndpoints declared, boolean http2) {
    List<Endpoint> endpoints = new ArrayList<>();
    List<BackendSpec.Endpoint> all = Objects.requireNonNull(declared).endpoints();
    for (int i = 0; i < all.size(); i++) {
      BackendSpec.Endpoint endpoint = all.get(i);
      if (!Addresses.isIp(endpoint.address())) {
        String message =
            "\"" + endpoint.address() + "\" is not an IP address; a name goes into dns";
        return rejected(
            key.ref(), "spec.static.endpoints[" + i + "].address", Reason.INVALID, message);
      }
      String zone = endpoint.zone() == null ? "" : endpoint.zone();
      endpoints.add(
          new Endpoint(endpoint.address(), endpoint.port(), endpoint.weight(), zone, false));
    }
    return Checked.ok(
        new Backend(key.ref(), key.port(), http2, new Discovery.Told(sorted(endpoints))));
  }

  private static Checked<Backend> servicePort(BackendKey key, ServiceSpec spec) {
    Optional<ServiceSpec.Port> port = port(key, spec);
    if (port.isEmpty()) {
      List<Integer> ports = spec.ports().stream().map(ServiceSpec.Port::port).toList();
      String message = key.ref() + " has no port " + key.port() + "; it has " + ports;
      return rejected(key.ref(), "spec.ports", Reason.BACKEND_NOT_FOUND, message);
    }
    String protocol = orEmpty(port.get().appProtocol());
    return Checked.ok(
        new Backend(
            key.ref(),
            key.port(),
            HTTP2_PROTOCOLS.contains(protocol),
            new Discovery.Told(List.of())));
  }

  private static Optional<ServiceSpec.Port> port(BackendKey key, ServiceSpec spec) {
    return spec.ports().stream().filter(p -> p.port() == key.port()).findFirst();
  }

  private List<Endpoint> endpoints(Reads reads, BackendKey key) {
    ServiceSpec.Port port =
        port(key, reads.get(objects.of(Kinds.SERVICE), key.ref()).spec()).orElseThrow();
    List<Endpoint> endpoints = new ArrayList<>();
    reads
        .group(slicesByService, key.ref())
        .values()
        .forEach(slice -> endpoints.addAll(endpoints(slice.spec(), port)));
    return sorted(endpoints);
  }

  private static List<Endpoint> endpoints(EndpointSliceBody slice, ServiceSpec.Port port) {
    Optional<Integer> target =
        slice.ports().stream()
            .filter(p -> Objects.equals(orEmpty(p.name()), orEmpty(port.name())))
            .map(EndpointSliceBody.Port::port)
            .filter(Objects::nonNull)
            .findFirst();
    if (target.isEmpty()) {
      return List.of();
    }
    List<Endpoint> endpoints = new ArrayList<>();
    for (EndpointSliceBody.Endpoint endpoint : slice.endpoints()) {
      if (!endpoint.addresses().isEmpty() && Addresses.isIp(endpoint.addresses().getFirst())) {
        add(endpoint, target.get(), endpoints);
      }
    }
    return endpoints;
  }

  /**
   * Ready endpoints take traffic; those that still serve while they terminate finish what they
   * have.
   */
  private static void add(EndpointSliceBody.Endpoint endpoint, int port, List<Endpoint> endpoints) {
    EndpointSliceBody.Conditions conditions = endpoint.conditions();
    boolean ready = conditions == null || conditions.ready() == null || conditions.ready();
    boolean draining =
        conditions != null
            && Boolean.TRUE.equals(conditions.terminating())
            && !Boolean.FALSE.equals(conditions.serving());
    if (ready || draining) {
      String zone = orEmpty(endpoint.zone());
      endpoints.add(new Endpoint(endpoint.addresses().getFirst(), port, 1, zone, !ready));
    }
  }

  private static List<Endpoint> sorted(List<Endpoint> endpoints) {
    return endpoints.stream().distinct().sorted(Addresses.ORDER).toList();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static Checked<Backend> rejected(Ref ref, String path, Reason reason, String message) {
    return Checked.rejected(new Problem(ref, path, reason, message));
  }
}
