package io.chancery.crd;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;

/**
 * The own kinds as the CRD generator wants them. They are not in the product: it reads objects into
 * the records alone.
 */
final class OwnKinds {
  private static final String ACCEPTED = ".status.conditions[?(@.type==\"Accepted\")].status";
  private static final String PROGRAMMED = ".status.conditions[?(@.type==\"Programmed\")].status";
  private static final String AGE = ".metadata.creationTimestamp";

  /** In the order of the documentation. */
  static final List<OwnKind> ALL =
      List.of(
          new OwnKind(
              Kinds.ROUTE,
              Route.class,
              "A whole route on one page: where, what matches, to which backends, under which policies."),
          new OwnKind(
              Kinds.POLICY,
              Policy.class,
              "Attaches policies to Gateways, routes, namespaces and fleets, as defaults or as overrides. Not in force yet:"
                  + " this release reads it and says so."),
          new OwnKind(
              Kinds.BACKEND, Backend.class, "An upstream that is not a Kubernetes Service."),
          new OwnKind(
              Kinds.BACKEND_POLICY,
              BackendPolicy.class,
              "How to talk to a Service or Backend: load balancing, health checks, limits, connections. Not in force yet:"
                  + " this release reads it and says so."),
          new OwnKind(
              Kinds.IDENTITY_PROVIDER,
              IdentityProvider.class,
              "An issuer of tokens, and how its tokens are verified."),
          new OwnKind(
              Kinds.CONSUMER,
              Consumer.class,
              "A caller with credentials, groups and a plan. Not in force yet: this release reads it and says so."),
          new OwnKind(Kinds.FLEET, Fleet.class, "The Envoys that share a snapshot."));

  private OwnKinds() {}

  /** A kind, the class that the generator reads, and a sentence on what the kind is. */
  record OwnKind(
      ObjectKind<?> kind, Class<? extends CustomResource<?, ?>> type, String description) {
    /** Of the CRD, such as {@code routes.chancery.io}. */
    String crdName() {
      return CustomResource.getCRDName(type);
    }

    @Override
    public String toString() {
      return kind.name();
    }
  }

  @Group(Kinds.GROUP)
  @Version("v1alpha1")
  @Kind("Route")
  @Plural("routes")
  @Singular("route")
  @ShortNames("crt")
  @Categories("chancery")
  @AdditionalPrinterColumn(
      name = "Hostnames",
      jsonPath = ".spec.hostnames",
      type = AdditionalPrinterColumn.Type.STRING)
  @AdditionalPrinterColumn(
      name = "Parents",
      getDescription = "The first of its parents; spec.parentRefs has all.",
      jsonPath = ".spec.parentRefs[*].name",
      type = AdditionalPrinterColumn.Type.STRING)
  @AdditionalPrinterColumn(
      name = "Accepted",
      jsonPath = ACCEPTED,
      type = AdditionalPrinterColumn.Type.STRING)
  @AdditionalPrinterColumn(
      name = "Programmed",
      jsonPath = PROGRAMMED,
      type = AdditionalPrinterColumn.Type.STRING)
  @AdditionalPrinterColumn(name = "Age", jsonPath = AGE, type = AdditionalPrinterColumn.Type.DATE)
  private static final class Route extends CustomResource<RouteSpec, OwnStatus>
      implements Namespaced {
    private static final long serialVersionUID = 1;
  }

  @Group(Kinds.GROUP)
  @Version("v1alpha1")
  @Kind("Backend")
  @Plural("backends")
  @Singular("backend")
  @ShortNames("cbe")
  @Categories("chancery")
  @AdditionalPrinterColumn(
      name = "Protocol",
      jsonPath = ".spec.protocol",
      type = AdditionalPrinterColumn.Type.STRING)
  @AdditionalPrinterColumn(
      name = "Host",
      jsonPath = ".spec.dns.host",
      type = AdditionalPrinterColumn.Type.STRING)
  @AdditionalPrinterColumn(
      name = "Accepted",
      jsonPath = ACCEPTED,
      type = AdditionalPrinterColumn.Type.STRING)
  @AdditionalPrinterColumn(
      name = "Programmed",
      jsonPath = PROGRAMMED,
      type = AdditionalPrinterColumn.Type.STRING)
  @AdditionalPrinterColumn(name = "Age", jsonPath = AGE, type = AdditionalPrinterColumn.Type.DATE)
  private static final class Backend extends CustomResource<BackendSpec, OwnStatus>
      implements Namespaced {
    private static final long serialVersionUID = 1;
  }

  @Group(Kinds.GROUP)
  @Version("v1alpha1")
  @Kind("IdentityProvider")
  @Plural("identityproviders")
  @Singular("identityprovider")
  @ShortNames("idp")
  @Categories("chancery")
  @AdditionalPrinterColumn(
      name = "Issuer",
      jsonPath = ".spec.issuer",
      type = AdditionalPrinterColumn.Type.STRING)
  @AdditionalPrinterColumn(
      name = "Accepted",
      jsonPath = ACCEPTED,
      type = AdditionalPrinterColumn.Type.STRING)
  @AdditionalPrinterColumn(
      name = "Programmed",
      jsonPath = PROGRAMMED,
      type = AdditionalPrinterColumn.Type.STRING)
  @AdditionalPrinterColumn(name = "Age", jsonPath = AGE, type = AdditionalPrinterColumn.Type.DATE)
  private static final class IdentityProvider
      extends CustomResource<IdentityProviderSpec, OwnStatus> implements Namespaced {
    private static final long serialVersionUID = 1;
  }

  @Group(Kinds.GROUP)
  @Version("v1alpha1")
  @Kind("Policy")
  @Plural("policies")
  @Singular("policy")
  @ShortNames("cpo")
  @Categories("chancery")
  @AdditionalPrinterColumn(
      name = "Targets",
      jsonPath = ".spec.targetRefs[*].name",
      type = AdditionalPrinterColumn.Type.STRING)
  @AdditionalPrinterColumn(
      name = "Accepted",
      jsonPath = ACCEPTED,
      type = AdditionalPrinterColumn.Type.STRING)
  @AdditionalPrinterColumn(
      name = "Programmed",
      jsonPath = PROGRAMMED,
      type = AdditionalPrinterColumn.Type.STRING)
  @AdditionalPrinterColumn(name = "Age", jsonPath = AGE, type = AdditionalPrinterColumn.Type.DATE)
  private static final class Policy extends CustomResource<PolicyAttachmentSpec, OwnStatus>
      implements Namespaced {
    private static final long serialVersionUID = 1;
  }

  @Group(Kinds.GROUP)
  @Version("v1alpha1")
  @Kind("BackendPolicy")
  @Plural("backendpolicies")
  @Singular("backendpolicy")
  @ShortNames("cbp")
  @Categories("chancery")
  @AdditionalPrinterColumn(
      name = "Targets",
      jsonPath = ".spec.targetRefs[*].name",
      type = AdditionalPrinterColumn.Type.STRING)
  @AdditionalPrinterColumn(
      name = "Accepted",
      jsonPath = ACCEPTED,
      type = AdditionalPrinterColumn.Type.STRING)
  @AdditionalPrinterColumn(
      name = "Programmed",
      jsonPath = PROGRAMMED,
      type = AdditionalPrinterColumn.Type.STRING)
  @AdditionalPrinterColumn(name = "Age", jsonPath = AGE, type = AdditionalPrinterColumn.Type.DATE)
  private static final class BackendPolicy extends CustomResource<BackendPolicySpec, OwnStatus>
      implements Namespaced {
    private static final long serialVersionUID = 1;
  }

  @Group(Kinds.GROUP)
  @Version("v1alpha1")
  @Kind("Consumer")
  @Plural("consumers")
  @Singular("consumer")
  @ShortNames("ccs")
  @Categories("chancery")
  @AdditionalPrinterColumn(
      name = "Plan",
      jsonPath = ".spec.plan",
      type = AdditionalPrinterColumn.Type.STRING)
  @AdditionalPrinterColumn(
      name = "Accepted",
      jsonPath = ACCEPTED,
      type = AdditionalPrinterColumn.Type.STRING)
  @AdditionalPrinterColumn(
      name = "Programmed",
      jsonPath = PROGRAMMED,
      type = AdditionalPrinterColumn.Type.STRING)
  @AdditionalPrinterColumn(name = "Age", jsonPath = AGE, type = AdditionalPrinterColumn.Type.DATE)
  private static final class Consumer extends CustomResource<ConsumerSpec, OwnStatus>
      implements Namespaced {
    private static final long serialVersionUID = 1;
  }

  @Group(Kinds.GROUP)
  @Version("v1alpha1")
  @Kind("Fleet")
  @Plural("fleets")
  @Singular("fleet")
  @ShortNames("flt")
  @Categories("chancery")
  @AdditionalPrinterColumn(
      name = "Accepted",
      jsonPath = ACCEPTED,
      type = AdditionalPrinterColumn.Type.STRING)
  @AdditionalPrinterColumn(
      name = "Programmed",
      jsonPath = PROGRAMMED,
      type = AdditionalPrinterColumn.Type.STRING)
  @AdditionalPrinterColumn(name = "Age", jsonPath = AGE, type = AdditionalPrinterColumn.Type.DATE)
  private static final class Fleet extends CustomResource<FleetSpec, OwnStatus> {
    private static final long serialVersionUID = 1;
  }
}
