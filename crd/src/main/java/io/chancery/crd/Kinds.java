package io.chancery.crd;

import io.chancery.crd.ObjectKind.Body;
import io.chancery.crd.ObjectKind.Fields;
import io.chancery.crd.ObjectKind.Scope;
import io.chancery.crd.core.EndpointSliceBody;
import io.chancery.crd.core.NamespaceSpec;
import io.chancery.crd.core.SecretBody;
import io.chancery.crd.core.ServiceSpec;
import io.chancery.crd.gateway.GatewayClassSpec;
import io.chancery.crd.gateway.GatewaySpec;
import io.chancery.crd.gateway.HttpRouteSpec;
import io.chancery.crd.gateway.ReferenceGrantSpec;
import java.util.List;
import java.util.Optional;

/** All kinds that Chancery reads. A new kind is one entry here. */
public final class Kinds {
  /** The group of the own kinds. */
  public static final String GROUP = "chancery.io";

  /** The group of the Gateway API. */
  public static final String GATEWAY_GROUP = "gateway.networking.k8s.io";

  public static final ObjectKind<GatewayClassSpec> GATEWAY_CLASS =
      gatewayKind("GatewayClass", Scope.CLUSTER, GatewayClassSpec.class, "v1", "v1beta1");
  public static final ObjectKind<GatewaySpec> GATEWAY =
      gatewayKind("Gateway", Scope.NAMESPACED, GatewaySpec.class, "v1", "v1beta1");
  public static final ObjectKind<HttpRouteSpec> HTTP_ROUTE =
      gatewayKind("HTTPRoute", Scope.NAMESPACED, HttpRouteSpec.class, "v1", "v1beta1");
  public static final ObjectKind<ReferenceGrantSpec> REFERENCE_GRANT =
      gatewayKind("ReferenceGrant", Scope.NAMESPACED, ReferenceGrantSpec.class, "v1", "v1beta1");

  public static final ObjectKind<RouteSpec> ROUTE =
      ownKind("Route", Scope.NAMESPACED, RouteSpec.class);
  public static final ObjectKind<PolicyAttachmentSpec> POLICY =
      ownKind("Policy", Scope.NAMESPACED, PolicyAttachmentSpec.class);
  public static final ObjectKind<BackendSpec> BACKEND =
      ownKind("Backend", Scope.NAMESPACED, BackendSpec.class);
  public static final ObjectKind<BackendPolicySpec> BACKEND_POLICY =
      ownKind("BackendPolicy", Scope.NAMESPACED, BackendPolicySpec.class);
  public static final ObjectKind<IdentityProviderSpec> IDENTITY_PROVIDER =
      ownKind("IdentityProvider", Scope.NAMESPACED, IdentityProviderSpec.class);
  public static final ObjectKind<ConsumerSpec> CONSUMER =
      ownKind("Consumer", Scope.NAMESPACED, ConsumerSpec.class);
  public static final ObjectKind<FleetSpec> FLEET =
      ownKind("Fleet", Scope.CLUSTER, FleetSpec.class);

  public static final ObjectKind<ServiceSpec> SERVICE =
      coreKind("", "Service", Scope.NAMESPACED, Body.SPEC, ServiceSpec.class);
  public static final ObjectKind<EndpointSliceBody> ENDPOINT_SLICE =
      coreKind(
          "discovery.k8s.io",
          "EndpointSlice",
          Scope.NAMESPACED,
          Body.TOP_LEVEL,
          EndpointSliceBody.class);
  public static final ObjectKind<SecretBody> SECRET =
      coreKind("", "Secret", Scope.NAMESPACED, Body.TOP_LEVEL, SecretBody.class);
  public static final ObjectKind<NamespaceSpec> NAMESPACE =
      coreKind("", "Namespace", Scope.CLUSTER, Body.SPEC, NamespaceSpec.class);

  /** Every kind, in the order of the documentation. */
  public static final List<ObjectKind<?>> ALL =
      List.of(
          GATEWAY_CLASS,
          GATEWAY,
          HTTP_ROUTE,
          REFERENCE_GRANT,
          ROUTE,
          POLICY,
          BACKEND,
          BACKEND_POLICY,
          IDENTITY_PROVIDER,
          CONSUMER,
          FLEET,
          SERVICE,
          ENDPOINT_SLICE,
          SECRET,
          NAMESPACE);

  private Kinds() {}

  /** The kind of this name, whatever its group. */
  public static Optional<ObjectKind<?>> named(String name) {
    return ALL.stream()
        .filter(kind -> kind.name().equals(name))
        .<ObjectKind<?>>map(kind -> kind)
        .findFirst();
  }

  private static <S extends Record> ObjectKind<S> gatewayKind(
      String name, Scope scope, Class<S> type, String... versions) {
    return new ObjectKind<>(
        GATEWAY_GROUP, List.of(versions), name, scope, Body.SPEC, Fields.CLOSED, type);
  }

  private static <S extends Record> ObjectKind<S> ownKind(String name, Scope scope, Class<S> type) {
    return new ObjectKind<>(
        GROUP, List.of("v1alpha1"), name, scope, Body.SPEC, Fields.CLOSED, type);
  }

  private static <S extends Record> ObjectKind<S> coreKind(
      String group, String name, Scope scope, Body body, Class<S> type) {
    return new ObjectKind<>(group, List.of("v1"), name, scope, body, Fields.OPEN, type);
  }
}
