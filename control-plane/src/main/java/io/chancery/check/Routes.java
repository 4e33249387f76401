package io.chancery.check;

import io.chancery.crd.Kinds;
import io.chancery.crd.RouteSpec;
import io.chancery.crd.gateway.HttpRouteSpec;
import io.chancery.crd.gateway.ParentReference;
import io.chancery.crd.policy.PolicySpec;
import io.chancery.engine.Reads;
import io.chancery.model.Hostname;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.model.Route;
import io.chancery.source.Declared;
import io.chancery.source.ObjectTables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * HTTPRoutes and Routes become one thing here: nothing further down knows which kind a route was.
 */
public final class Routes {
  private final ObjectTables objects;
  private final ObjectTables lastGood;

  /**
   * Checks routes.
   *
   * @param lastGood earlier generations of objects whose newest generation cannot be used
   */
  public Routes(ObjectTables objects, ObjectTables lastGood) {
    this.objects = objects;
    this.lastGood = lastGood;
  }

  /**
   * The checked form of a route of either kind, or of its last good generation if it cannot be
   * used.
   */
  public Route check(Ref ref, Reads reads) {
    return ref.kind().equals(Kinds.ROUTE.name()) ? route(ref, reads) : httpRoute(ref, reads);
  }

  private Route route(Ref ref, Reads reads) {
    Declared<RouteSpec> declared = reads.get(objects.of(Kinds.ROUTE), ref);
    Route newest = ofRoute(ref, declared);
    return reads
        .find(lastGood.of(Kinds.ROUTE), ref)
        .filter(earlier -> newest.isFaulty() && Protection.isKept(earlier.spec(), declared.spec()))
        .map(earlier -> ofRoute(ref, earlier).inPlaceOf(newest.allProblems()))
        .orElse(newest);
  }

  /**
   * An HTTPRoute asks for no authentication, so an earlier generation is protected as well as a
   * later one.
   */
  private Route httpRoute(Ref ref, Reads reads) {
    Route newest = ofHttpRoute(ref, reads.get(objects.of(Kinds.HTTP_ROUTE), ref));
    return reads
        .find(lastGood.of(Kinds.HTTP_ROUTE), ref)
        .filter(_ -> newest.isFaulty())
        .map(earlier -> ofHttpRoute(ref, earlier).inPlaceOf(newest.allProblems()))
        .orElse(newest);
  }

  private static Route ofHttpRoute(Ref ref, Declared<HttpRouteSpec> declared) {
    HttpRouteSpec spec = declared.spec();
    List<Problem> problems = new ArrayList<>();
    if (spec.useDefaultGateways() != null && !spec.useDefaultGateways().equals("None")) {
      String message =
          "\"" + spec.useDefaultGateways() + "\" is not supported; name the Gateway in parentRefs";
      problems.add(new Problem(ref, "spec.useDefaultGateways", Reason.UNSUPPORTED_VALUE, message));
    }
    List<Rules.Source> sources = new ArrayList<>();
    for (HttpRouteSpec.Rule rule : spec.rules()) {
      sources.add(Rules.Source.of(rule));
    }
    return route(
        ref,
        declared,
        spec.parentRefs(),
        spec.hostnames(),
        rules(ref, sources, PolicySpec.NONE),
        problems);
  }

  private static Route ofRoute(Ref ref, Declared<RouteSpec> declared) {
    RouteSpec spec = declared.spec();
    PolicySpec policies = spec.policy() == null ? PolicySpec.NONE : spec.policy();
    List<Rules.Source> sources = spec.rules().stream().map(Rules.Source::of).toList();
    return route(
        ref,
        declared,
        spec.parentRefs(),
        spec.hostnames(),
        rules(ref, sources, policies),
        new ArrayList<>());
  }

  private static Route route(
      Ref ref,
      Declared<?> declared,
      List<ParentReference> parents,
      List<String> hostnames,
      List<Route.Rule> rules,
      List<Problem> problems) {
    checkNames(ref, rules, problems);
    return new Route(
        ref,
        declared.meta().generation(),
        Gateways.created(declared),
        parents(ref, parents, problems),
        hostnames.stream().map(Hostname::new).distinct().toList(),
        rules,
        List.copyOf(problems),
        List.of());
  }

  /** A route without rules sends every request nowhere: the Gateway API's default rule. */
  private static List<Route.Rule> rules(Ref ref, List<Rules.Source> sources, PolicySpec policies) {
    if (sources.isEmpty()) {
      return List.of(new Rules(ref, "spec", policies).check(Rules.Source.EMPTY));
    }
    IntFunction<String> path = i -> "spec.rules[" + i + "]";
    List<Route.Rule> rules = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      rules.add(new Rules(ref, path.apply(i), policies).check(sources.get(i)));
    }
    return List.copyOf(rules);
  }

  private static void checkNames(Ref ref, List<Route.Rule> rules, List<Problem> problems) {
    Set<String> names = new HashSet<>();
    for (Route.Rule rule : rules) {
      if (!rule.name().isEmpty() && !names.add(rule.name())) {
        String message =
            "another rule has the name \""
                + rule.name()
                + "\"; names must be unique within the route";
        problems.add(new Problem(ref, rule.path() + ".name", Reason.DUPLICATE, message));
      }
    }
  }

  private static List<Route.Parent> parents(
      Ref ref, List<ParentReference> references, List<Problem> problems) {
    List<Route.Parent> parents = new ArrayList<>();
    for (int i = 0; i < references.size(); i++) {
      ParentReference reference = references.get(i);
      String path = "spec.parentRefs[" + i + "]";
      if (!reference.group().equals(Kinds.GATEWAY_GROUP)
          || !reference.kind().equals(Kinds.GATEWAY.name())) {
        String message =
            reference.group() + "/" + reference.kind() + " cannot be a parent; a Gateway can";
        problems.add(new Problem(ref, path, Reason.INVALID_KIND, message));
        continue;
      }
      String namespace = reference.namespace() == null ? ref.namespace() : reference.namespace();
      Ref gateway = new Ref(Kinds.GATEWAY.name(), namespace, reference.name());
      String section = reference.sectionName() == null ? "" : reference.sectionName();
      int port = reference.port() == null ? 0 : reference.port();
      parents.add(new Route.Parent(gateway, section, port, path));
    }
    return List.copyOf(parents);
  }
}
