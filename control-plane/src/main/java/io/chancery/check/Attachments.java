package io.chancery.check;

import io.chancery.crd.Kinds;
import io.chancery.crd.core.NamespaceSpec;
import io.chancery.engine.Reads;
import io.chancery.engine.Table;
import io.chancery.model.Attachment;
import io.chancery.model.Attachment.Binding;
import io.chancery.model.Attachment.Place;
import io.chancery.model.Gateway;
import io.chancery.model.Gateway.LabelCondition;
import io.chancery.model.Gateway.Listener;
import io.chancery.model.Gateway.Namespaces;
import io.chancery.model.Hostname;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.model.Route;
import io.chancery.source.Declared;
import io.chancery.source.ObjectTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which listeners a route attaches to, and by which hosts. */
public final class Attachments {
  private static final String NAME_LABEL = "kubernetes.io/metadata.name";

  private final Table<Ref, Gateway> gateways;
  private final Table<Ref, Declared<NamespaceSpec>> namespaces;

  public Attachments(ObjectTables objects, Table<Ref, Gateway> gateways) {
    this.gateways = gateways;
    namespaces = objects.of(Kinds.NAMESPACE);
  }

  /** All places of a route; parent references to what is not ours are left out. */
  public Attachment check(Route route, Reads reads) {
    List<Place> places = new ArrayList<>();
    for (Route.Parent parent : route.parents()) {
      places.add(
          reads
              .find(gateways, parent.ref())
              .map(gateway -> place(route, parent, gateway, reads))
              .orElseGet(() ->
                  refused(
                      route, parent, Reason.NO_MATCHING_PARENT, parent.ref() + " does not exist")));
    }
    return new Attachment(route.ref(), List.copyOf(places));
  }

  private static String noListener(Gateway gateway, Route.Parent parent) {
    String wanted =
        (parent.sectionName().isEmpty() ? "" : " " + parent.sectionName())
            + (parent.port() == 0 ? "" : " on port " + parent.port());
    List<String> names = gateway.listeners().stream().map(Listener::name).toList();
    return gateway.ref() + " has no listener" + wanted + "; it has " + names;
  }

  private Place place(Route route, Route.Parent parent, Gateway gateway, Reads reads) {
    List<Listener> named =
        gateway.listeners().stream().filter(listener -> isNamed(listener, parent)).toList();
    if (named.isEmpty()) {
      return refused(route, parent, Reason.NO_MATCHING_PARENT, noListener(gateway, parent));
    }
    List<Listener> allowing =
        named.stream().filter(listener -> allows(gateway, listener, route.ref(), reads)).toList();
    if (allowing.isEmpty()) {
      return refused(
          route,
          parent,
          Reason.NOT_ALLOWED_BY_LISTENERS,
          "no listener of %s allows a %s of namespace %s; see its allowedRoutes"
              .formatted(gateway.ref(), route.ref().kind(), route.ref().namespace()));
    }
    List<Binding> bindings = new ArrayList<>();
    for (Listener listener : allowing) {
      Set<Hostname> hosts = hosts(route, listener);
      if (!hosts.isEmpty() && Ports.isUsable(listener)) {
        bindings.add(
            new Binding(Ports.of(gateway, listener), gateway.ref(), listener.name(), hosts));
      }
    }
    if (allowing.stream().allMatch(listener -> hosts(route, listener).isEmpty())) {
      return refused(
          route,
          parent,
          Reason.NO_MATCHING_LISTENER_HOSTNAME,
          "hostnames %s are none of those of %s: %s"
              .formatted(
                  route.hostnames(),
                  gateway.ref(),
                  allowing.stream().map(Listener::hostname).toList()));
    }
    return new Place(parent, Optional.empty(), List.copyOf(bindings));
  }

  private static Place refused(Route route, Route.Parent parent, Reason reason, String message) {
    return new Place(
        parent, Optional.of(new Problem(route.ref(), parent.path(), reason, message)), List.of());
  }

  private static boolean isNamed(Listener listener, Route.Parent parent) {
    return (parent.sectionName().isEmpty() || parent.sectionName().equals(listener.name()))
        && (parent.port() == 0 || parent.port() == listener.port());
  }

  private static Set<Hostname> hosts(Route route, Listener listener) {
    if (route.hostnames().isEmpty()) {
      return Set.of(listener.hostname());
    }
    Set<Hostname> hosts = new TreeSet<>();
    route.hostnames().forEach(host -> host.intersect(listener.hostname()).ifPresent(hosts::add));
    return hosts;
  }

  private boolean allows(Gateway gateway, Listener listener, Ref route, Reads reads) {
    if (!listener.kinds().contains(route.kind())) {
      return false;
    }
    return switch (listener.namespaces()) {
      case Namespaces.All _ -> true;
      case Namespaces.Same _ -> route.namespace().equals(gateway.ref().namespace());
      case Namespaces.Nobody _ -> false;
      case Namespaces.Labelled(var conditions) -> {
        Map<String, String> labels = labels(route.namespace(), reads);
        yield conditions.stream().allMatch(condition -> holds(condition, labels));
      }
    };
  }

  /**
   * Kubernetes puts the name of a namespace into a label; a namespace that nobody declared has that
   * label too.
   */
  private Map<String, String> labels(String namespace, Reads reads) {
    Map<String, String> labels = new java.util.HashMap<>();
    reads
        .find(namespaces, new Ref(Kinds.NAMESPACE.name(), "", namespace))
        .ifPresent(declared -> labels.putAll(declared.meta().labels()));
    labels.put(NAME_LABEL, namespace);
    return labels;
  }

  private static boolean holds(LabelCondition condition, Map<String, String> labels) {
    String value = labels.get(condition.key());
    return switch (condition.test()) {
      case IN -> value != null && condition.values().contains(value);
      case NOT_IN -> value == null || !condition.values().contains(value);
      case EXISTS -> value != null;
      case ABSENT -> value == null;
    };
  }
}
