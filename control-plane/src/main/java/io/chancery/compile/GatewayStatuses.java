package io.chancery.compile;

import io.chancery.model.Condition;
import io.chancery.model.Gateway;
import io.chancery.model.Gateway.Listener;
import io.chancery.model.ObjectStatus;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Status of Gateways and their listeners (Gateway API, {@code ListenerStatus}).
 *
 * @param conflict why another listener has precedence over a listener
 * @param certificateProblems certificates of a listener that cannot be served
 * @param attachedRoutes how many routes a listener has
 */
record GatewayStatuses(
    Function<Listener, Optional<Reason>> conflict,
    Function<Listener, List<Problem>> certificateProblems,
    ToIntFunction<Listener> attachedRoutes) {
  private static final Set<Reason> UNRESOLVED =
      EnumSet.of(
          Reason.INVALID_CERTIFICATE_REF,
          Reason.REF_NOT_PERMITTED,
          Reason.REF_NOT_FOUND,
          Reason.INVALID_ROUTE_KINDS);

  ObjectStatus of(Gateway gateway, long generation) {
    List<Problem> problems = new ArrayList<>(gateway.problems());
    List<ObjectStatus.Listener> listeners = new ArrayList<>();
    for (int i = 0; i < gateway.listeners().size(); i++) {
      Listener listener = gateway.listeners().get(i);
      List<Problem> own = problems(gateway, listener, "spec.listeners[" + i + "]");
      problems.addAll(own);
      listeners.add(status(listener, own));
    }
    return new ObjectStatus(
        gateway.ref(),
        generation,
        Set.of(gateway.fleet()),
        List.of(accepted(gateway, listeners)),
        List.of(),
        List.copyOf(listeners),
        problems.stream().distinct().sorted().toList());
  }

  private List<Problem> problems(Gateway gateway, Listener listener, String path) {
    List<Problem> problems = new ArrayList<>(listener.problems());
    problems.addAll(certificateProblems.apply(listener));
    conflict
        .apply(listener)
        .map(reason ->
            new Problem(
                gateway.ref(),
                path,
                reason,
                "another listener has port " + listener.port() + where(reason, listener)))
        .ifPresent(problems::add);
    return problems;
  }

  private static String where(Reason reason, Listener listener) {
    return reason == Reason.PROTOCOL_CONFLICT
        ? " with another protocol than " + listener.protocol()
        : " and hostname " + listener.hostname();
  }

  private ObjectStatus.Listener status(Listener listener, List<Problem> problems) {
    Optional<Reason> conflicted = conflict.apply(listener);
    List<Condition> conditions = new ArrayList<>();
    conditions.add(
        condition(
            "Accepted", problems.stream().filter(p -> !UNRESOLVED.contains(p.reason())).toList()));
    conditions.add(
        condition(
            "ResolvedRefs",
            problems.stream().filter(p -> UNRESOLVED.contains(p.reason())).toList()));
    conflicted.ifPresent(reason ->
        conditions.add(new Condition("Conflicted", Condition.Status.TRUE, reason.toString(), "")));
    return new ObjectStatus.Listener(
        listener.name(),
        attachedRoutes.applyAsInt(listener),
        List.copyOf(listener.kinds()),
        List.copyOf(conditions));
  }

  /**
   * A condition that holds if nothing stands against it; its reason is then its type, as in the
   * Gateway API.
   */
  private static Condition condition(String type, List<Problem> against) {
    return against.isEmpty()
        ? Condition.holds(type, type)
        : Condition.fails(type, against.getFirst().reason().toString(), text(against));
  }

  private static Condition accepted(Gateway gateway, List<ObjectStatus.Listener> listeners) {
    if (!gateway.problems().isEmpty() && gateway.addresses().isEmpty()) {
      return Condition.fails(
          "Accepted", Reason.UNSUPPORTED_ADDRESS.toString(), text(gateway.problems()));
    }
    List<String> invalid =
        listeners.stream()
            .filter(GatewayStatuses::isInvalid)
            .map(ObjectStatus.Listener::name)
            .toList();
    if (invalid.isEmpty()) {
      return Condition.holds("Accepted", "Accepted");
    }
    Condition.Status status =
        invalid.size() == listeners.size() ? Condition.Status.FALSE : Condition.Status.TRUE;
    return new Condition(
        "Accepted", status, "ListenersNotValid", "listeners with problems: " + invalid);
  }

  private static boolean isInvalid(ObjectStatus.Listener listener) {
    return listener.conditions().stream()
        .anyMatch(c -> c.type().equals("Accepted") && c.status() == Condition.Status.FALSE);
  }

  private static String text(List<Problem> problems) {
    return problems.stream().map(Problem::message).collect(Collectors.joining("; "));
  }
}
