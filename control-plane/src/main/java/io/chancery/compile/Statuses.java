package io.chancery.compile;

import io.chancery.check.Backends;
import io.chancery.check.GatewayClasses;
import io.chancery.check.Ports;
import io.chancery.check.Runtimes;
import io.chancery.crd.BackendSpec;
import io.chancery.crd.FleetSpec;
import io.chancery.crd.IdentityProviderSpec;
import io.chancery.crd.Kinds;
import io.chancery.crd.ObjectKind;
import io.chancery.crd.gateway.GatewayClassSpec;
import io.chancery.engine.Reads;
import io.chancery.model.BackendKey;
import io.chancery.model.Checked;
import io.chancery.model.Condition;
import io.chancery.model.Gateway;
import io.chancery.model.Gateway.Listener;
import io.chancery.model.ListenerKey;
import io.chancery.model.ObjectStatus;
import io.chancery.model.Port;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.policy.jwt.Providers;
import io.chancery.source.Declared;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The status of each object: the second output of the rules, from the same rows as the first. */
final class Statuses {
  private final Compilation tables;

  Statuses(Compilation tables) {
    this.tables = tables;
  }

  /** The status of an object, or null if there is nothing to say of it. */
  @Nullable ObjectStatus of(Ref ref, Reads reads) {
    List<Problem> fromSource = reads.find(tables.objects.problems(), ref).orElse(List.of());
    Optional<ObjectStatus> status = checked(ref, reads);
    if (fromSource.isEmpty()) {
      return status.orElse(null);
    }
    return status.map(s -> stale(s, fromSource)).orElseGet(() -> undecodable(ref, fromSource));
  }

  private Optional<ObjectStatus> checked(Ref ref, Reads reads) {
    return switch (ref.kind()) {
      case "HTTPRoute", "Route" -> route(ref, reads);
      case "Gateway" -> gateway(ref, reads);
      case "GatewayClass" ->
          declared(Kinds.GATEWAY_CLASS, ref, reads).flatMap(d -> gatewayClass(ref, d));
      case "Backend" -> declared(Kinds.BACKEND, ref, reads).map(d -> backend(ref, d));
      case "Fleet" -> declared(Kinds.FLEET, ref, reads).map(d -> fleet(ref, d));
      case "IdentityProvider" ->
          declared(Kinds.IDENTITY_PROVIDER, ref, reads).map(d -> identityProvider(ref, d));
      case "Policy" -> declared(Kinds.POLICY, ref, reads).map(d -> unsupported(ref, d));
      case "BackendPolicy" ->
          declared(Kinds.BACKEND_POLICY, ref, reads).map(d -> unsupported(ref, d));
      case "Consumer" -> declared(Kinds.CONSUMER, ref, reads).map(d -> unsupported(ref, d));
      default -> Optional.empty();
    };
  }

  private <S extends Record> Optional<Declared<S>> declared(
      ObjectKind<S> kind, Ref ref, Reads reads) {
    return reads.find(tables.objects.of(kind), ref);
  }

  private Optional<ObjectStatus> route(Ref ref, Reads reads) {
    return reads
        .find(tables.resolvedRoutes, ref)
        .map(route ->
            RouteStatuses.of(
                route,
                reads.get(tables.attachments, ref),
                reads.get(tables.madePlacements, ref).fleets(),
                reads.find(tables.heldRoutes, ref)));
  }

  private Optional<ObjectStatus> gateway(Ref ref, Reads reads) {
    Optional<Gateway> gateway = reads.find(tables.gateways, ref);
    if (gateway.isEmpty()) {
      return declared(Kinds.GATEWAY, ref, reads)
          .flatMap(d -> classless(ref, d.spec().gatewayClassName(), reads));
    }
    long generation = reads.get(tables.objects.of(Kinds.GATEWAY), ref).meta().generation();
    GatewayStatuses statuses =
        new GatewayStatuses(
            listener -> conflict(gateway.get(), listener, reads),
            listener -> certificateProblems(ref, listener, reads),
            listener ->
                reads
                    .group(tables.attachmentsByListener, new ListenerKey(ref, listener.name()))
                    .size());
    return Optional.of(statuses.of(gateway.get(), generation));
  }

  /**
   * A Gateway of another controller is none of our business; one whose class is missing is a
   * mistake.
   */
  private Optional<ObjectStatus> classless(Ref ref, String className, Reads reads) {
    if (reads
        .find(tables.objects.of(Kinds.GATEWAY_CLASS), new Ref("GatewayClass", "", className))
        .isPresent()) {
      return Optional.empty();
    }
    String message = "GatewayClass " + className + " does not exist";
    Problem problem = new Problem(ref, "spec.gatewayClassName", Reason.REF_NOT_FOUND, message);
    return Optional.of(
        new ObjectStatus(
            ref,
            1,
            Set.of(),
            List.of(new Condition("Accepted", Condition.Status.UNKNOWN, "Pending", message)),
            List.of(),
            List.of(),
            List.of(problem)));
  }

  private Optional<Reason> conflict(Gateway gateway, Listener listener, Reads reads) {
    return Ports.of(gateway).stream()
        .filter(key -> key.port() == listener.port())
        .flatMap(key -> reads.find(tables.ports, key).stream())
        .map(Port::entrances)
        .flatMap(List::stream)
        .filter(e -> e.gateway().equals(gateway.ref()) && e.listener().equals(listener.name()))
        .flatMap(entrance -> entrance.conflict().stream())
        .findFirst();
  }

  private List<Problem> certificateProblems(Ref gateway, Listener listener, Reads reads) {
    List<Problem> problems = new ArrayList<>();
    for (Gateway.CertificateUse use : listener.certificates()) {
      tables.certificates.problem(gateway, use, reads).ifPresent(problems::add);
    }
    return problems;
  }

  private static Optional<ObjectStatus> gatewayClass(Ref ref, Declared<GatewayClassSpec> declared) {
    if (!GatewayClasses.isOurs(declared)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (GatewayClasses.fleet(ref, declared)) {
          case Checked.Ok<String>(var fleet) -> accepted(ref, declared, Set.of(fleet));
          case Checked.Rejected<String>(var problems) ->
              rejected(ref, declared, "InvalidParameters", problems);
        });
  }

  private static ObjectStatus backend(Ref ref, Declared<BackendSpec> declared) {
    return switch (Backends.check(new BackendKey(ref, 0), declared)) {
      case Checked.Ok<?> _ -> accepted(ref, declared, Set.of());
      case Checked.Rejected<?>(var problems) -> rejected(ref, declared, "Invalid", problems);
    };
  }

  private static ObjectStatus fleet(Ref ref, Declared<FleetSpec> declared) {
    return switch (Runtimes.check(ref, declared.spec())) {
      case Checked.Ok<?> _ -> accepted(ref, declared, Set.of(ref.name()));
      case Checked.Rejected<?>(var problems) -> rejected(ref, declared, "Invalid", problems);
    };
  }

  private static ObjectStatus identityProvider(Ref ref, Declared<IdentityProviderSpec> declared) {
    return switch (Providers.check(declared)) {
      case Checked.Ok<?> _ -> accepted(ref, declared, Set.of());
      case Checked.Rejected<?>(var problems) -> rejected(ref, declared, "Invalid", problems);
    };
  }

  /** What is not in force must not look as if it were. */
  private static ObjectStatus unsupported(Ref ref, Declared<?> declared) {
    String message = "objects of kind " + ref.kind() + " have no effect yet";
    Problem problem = new Problem(ref, "", Reason.UNSUPPORTED, message);
    return rejected(ref, declared, Reason.UNSUPPORTED.toString(), List.of(problem));
  }

  private static ObjectStatus accepted(Ref ref, Declared<?> declared, Set<String> fleets) {
    List<Condition> conditions = List.of(Condition.holds("Accepted", "Accepted"));
    return new ObjectStatus(
        ref, declared.meta().generation(), fleets, conditions, List.of(), List.of(), List.of());
  }

  private static ObjectStatus rejected(
      Ref ref, Declared<?> declared, String reason, List<Problem> problems) {
    List<Condition> conditions =
        List.of(Condition.fails("Accepted", reason, problems.getFirst().message()));
    return new ObjectStatus(
        ref, declared.meta().generation(), Set.of(), conditions, List.of(), List.of(), problems);
  }

  /** The last good version serves, and the newest one cannot. */
  private static ObjectStatus stale(ObjectStatus status, List<Problem> fromSource) {
    List<Problem> problems = new ArrayList<>(status.problems());
    problems.addAll(fromSource);
    return new ObjectStatus(
        status.ref(),
        status.generation(),
        status.fleets(),
        status.conditions(),
        status.parents(),
        status.listeners(),
        problems.stream().sorted().toList());
  }

  private static ObjectStatus undecodable(Ref ref, List<Problem> problems) {
    Problem first = problems.getFirst();
    List<Condition> conditions =
        List.of(Condition.fails("Accepted", first.reason().toString(), first.message()));
    return new ObjectStatus(ref, 1, Set.of(), conditions, List.of(), List.of(), problems);
  }
}
