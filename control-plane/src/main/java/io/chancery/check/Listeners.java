package io.chancery.check;

import io.chancery.crd.Kinds;
import io.chancery.crd.gateway.GatewaySpec;
import io.chancery.model.Gateway.CertificateUse;
import io.chancery.model.Gateway.LabelCondition;
import io.chancery.model.Gateway.LabelTest;
import io.chancery.model.Gateway.Listener;
import io.chancery.model.Gateway.Namespaces;
import io.chancery.model.Gateway.Protocol;
import io.chancery.model.Hostname;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Listeners of a Gateway, as far as that needs no other object. */
final class Listeners {
  /** Kinds of routes that can attach to HTTP and HTTPS. */
  private static final Set<String> HTTP_KINDS = Set.of(Kinds.HTTP_ROUTE.name(), Kinds.ROUTE.name());

  private final Ref gateway;
  private final Set<String> names = new HashSet<>();

  private Listeners(Ref gateway) {
    this.gateway = gateway;
  }

  static List<Listener> check(Ref gateway, List<GatewaySpec.Listener> declared) {
    Listeners listeners = new Listeners(gateway);
    List<Listener> checked = new ArrayList<>();
    for (int i = 0; i < declared.size(); i++) {
      checked.add(listeners.check(declared.get(i), "spec.listeners[" + i + "]"));
    }
    return List.copyOf(checked);
  }

  private Listener check(GatewaySpec.Listener listener, String path) {
    List<Problem> problems = new ArrayList<>();
    if (!names.add(listener.name())) {
      String message =
          "another listener has the name \"" + listener.name() + "\"; names must be unique";
      problems.add(problem(path + ".name", Reason.DUPLICATE, message));
    }
    Protocol protocol = protocol(listener, path, problems);
    return new Listener(
        listener.name(),
        listener.hostname() == null ? Hostname.ANY : new Hostname(listener.hostname()),
        listener.port(),
        protocol,
        certificates(listener, protocol, path, problems),
        kinds(listener, path, problems),
        namespaces(listener.allowedRoutes()),
        List.copyOf(problems));
  }

  private Protocol protocol(GatewaySpec.Listener listener, String path, List<Problem> problems) {
    return switch (listener.protocol()) {
      case "HTTP" -> Protocol.HTTP;
      case "HTTPS" -> Protocol.HTTPS;
      default -> {
        String message = "\"" + listener.protocol() + "\" is not supported; HTTP and HTTPS are";
        problems.add(problem(path + ".protocol", Reason.UNSUPPORTED_PROTOCOL, message));
        yield Protocol.UNSUPPORTED;
      }
    };
  }

  private List<CertificateUse> certificates(
      GatewaySpec.Listener listener, Protocol protocol, String path, List<Problem> problems) {
    GatewaySpec.Tls tls = listener.tls();
    if (protocol != Protocol.HTTPS) {
      if (protocol == Protocol.HTTP && tls != null) {
        problems.add(
            problem(
                path + ".tls", Reason.INVALID, "an HTTP listener has no tls; use protocol HTTPS"));
      }
      return List.of();
    }
    if (tls == null || tls.certificateRefs().isEmpty()) {
      problems.add(
          problem(path + ".tls", Reason.REQUIRED, "an HTTPS listener needs tls.certificateRefs"));
      return List.of();
    }
    if (tls.mode() == GatewaySpec.TlsMode.Passthrough) {
      String message = "Passthrough is not possible with protocol HTTPS; Terminate is";
      problems.add(problem(path + ".tls.mode", Reason.UNSUPPORTED_VALUE, message));
    }
    if (tls.frontendValidation() != null) {
      // Serving without the client certificates that were asked for would be open.
      String message = "client certificates are not supported yet";
      problems.add(problem(path + ".tls.frontendValidation", Reason.UNSUPPORTED_VALUE, message));
    }
    List<CertificateUse> uses = new ArrayList<>();
    for (int i = 0; i < tls.certificateRefs().size(); i++) {
      GatewaySpec.SecretReference reference = tls.certificateRefs().get(i);
      String where = path + ".tls.certificateRefs[" + i + "]";
      if (!reference.group().isEmpty() || !reference.kind().equals(Kinds.SECRET.name())) {
        String message =
            reference.group() + "/" + reference.kind() + " cannot hold a certificate; a Secret can";
        problems.add(problem(where, Reason.INVALID_CERTIFICATE_REF, message));
      } else {
        String namespace =
            reference.namespace() == null ? gateway.namespace() : reference.namespace();
        uses.add(
            new CertificateUse(new Ref(Kinds.SECRET.name(), namespace, reference.name()), where));
      }
    }
    return List.copyOf(uses);
  }

  private Set<String> kinds(GatewaySpec.Listener listener, String path, List<Problem> problems) {
    if (listener.allowedRoutes() == null || listener.allowedRoutes().kinds().isEmpty()) {
      return new TreeSet<>(HTTP_KINDS);
    }
    Set<String> kinds = new TreeSet<>();
    List<GatewaySpec.RouteKind> wanted = listener.allowedRoutes().kinds();
    for (int i = 0; i < wanted.size(); i++) {
      GatewaySpec.RouteKind kind = wanted.get(i);
      String group = kind.kind().equals(Kinds.ROUTE.name()) ? Kinds.GROUP : Kinds.GATEWAY_GROUP;
      if (HTTP_KINDS.contains(kind.kind()) && kind.group().equals(group)) {
        kinds.add(kind.kind());
      } else {
        String message =
            kind.group()
                + "/"
                + kind.kind()
                + " cannot attach here; "
                + new TreeSet<>(HTTP_KINDS)
                + " can";
        problems.add(
            problem(path + ".allowedRoutes.kinds[" + i + "]", Reason.INVALID_ROUTE_KINDS, message));
      }
    }
    return kinds;
  }

  private static Namespaces namespaces(GatewaySpec.@Nullable AllowedRoutes allowed) {
    if (allowed == null || allowed.namespaces() == null) {
      return new Namespaces.Same();
    }
    return switch (allowed.namespaces().from()) {
      case All -> new Namespaces.All();
      case Same -> new Namespaces.Same();
      case None -> new Namespaces.Nobody();
      case Selector ->
          allowed.namespaces().selector() == null
              ? new Namespaces.Nobody()
              : new Namespaces.Labelled(conditions(allowed.namespaces().selector()));
    };
  }

  private static List<LabelCondition> conditions(GatewaySpec.LabelSelector selector) {
    List<LabelCondition> conditions = new ArrayList<>();
    selector
        .matchLabels()
        .forEach(
            (key, value) -> conditions.add(new LabelCondition(key, LabelTest.IN, Set.of(value))));
    for (GatewaySpec.LabelExpression expression : selector.matchExpressions()) {
      LabelTest test =
          switch (expression.operator()) {
            case In -> LabelTest.IN;
            case NotIn -> LabelTest.NOT_IN;
            case Exists -> LabelTest.EXISTS;
            case DoesNotExist -> LabelTest.ABSENT;
          };
      conditions.add(new LabelCondition(expression.key(), test, Set.copyOf(expression.values())));
    }
    return List.copyOf(conditions);
  }

  private Problem problem(String path, Reason reason, String message) {
    return new Problem(gateway, path, reason, message);
  }
}
