package io.chancery.compile;

import com.google.protobuf.ByteString;
import io.chancery.model.BackendKey;
import io.chancery.model.Match;
import io.chancery.model.ResolvedRoute;
import io.chancery.policy.ChainEntry;
import io.chancery.policy.Contribution;
import io.chancery.policy.FilterId;
import io.chancery.policy.HttpFilterChain;
import io.chancery.policy.HttpPolicy;
import io.chancery.xds.Packing;
import io.chancery.xds.Resource;
import io.envoyproxy.envoy.config.route.v3.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** From a resolved route to Envoy's routes. */
final class RouteCompiler {
  private final ResolvedRoute route;
  private final List<CompiledRoute.Entry> matches = new ArrayList<>();
  private final NavigableSet<BackendKey> backends = new TreeSet<>();
  private final NavigableMap<FilterId, NavigableMap<String, ChainEntry>> entries = new TreeMap<>();
  private final List<Resource> resources = new ArrayList<>();

  private RouteCompiler(ResolvedRoute route) {
    this.route = route;
  }

  static CompiledRoute compile(ResolvedRoute route) {
    RouteCompiler compiler = new RouteCompiler(route);
    for (int i = 0; i < route.rules().size(); i++) {
      compiler.compile(i, route.rules().get(i));
    }
    return new CompiledRoute(
        List.copyOf(compiler.matches),
        compiler.backends,
        compiler.entries,
        List.copyOf(compiler.resources));
  }

  private void compile(int index, ResolvedRoute.Rule rule) {
    List<Contribution> contributions = rule.closed() ? List.of() : contributions(rule);
    if (!rule.closed()) {
      rule.backends().stream()
          .map(ResolvedRoute.WeightedBackend::backend)
          .flatMap(Optional::stream)
          .forEach(backends::add);
    }
    contributions.forEach(this::collect);
    NavigableMap<FilterId, ByteString> perFilter = perFilter(contributions);
    List<Match> declared = rule.declared().matches();
    for (int i = 0; i < declared.size(); i++) {
      MatchOrder order = new MatchOrder(declared.get(i), route.route(), index, i);
      Route message = message(rule, declared.get(i), contributions);
      matches.add(new CompiledRoute.Entry(order, Resource.serialise(message), perFilter));
    }
  }

  private Route message(ResolvedRoute.Rule rule, Match match, List<Contribution> contributions) {
    Route.Builder message = RouteActions.of(rule, match);
    for (Contribution contribution : contributions) {
      contribution
          .partialRoute()
          .map(part -> applicable(message, part))
          .ifPresent(message::mergeFrom);
    }
    RouteActions.addDefaults(message);
    return message.setName(name(rule, match)).setMatch(RouteMatches.of(match)).build();
  }

  /**
   * A redirect or a fixed answer goes to no backend: what a policy says of the way there does not
   * apply.
   */
  private static Route applicable(Route.Builder message, Route part) {
    return message.hasRoute() ? part : part.toBuilder().clearRoute().build();
  }

  private String name(ResolvedRoute.Rule rule, Match match) {
    var ref = route.route().ref();
    return String.join(
        "/",
        ref.kind(),
        ref.namespace(),
        ref.name(),
        rule.declared().key(),
        RouteMatches.hash(match));
  }

  private void collect(Contribution contribution) {
    contribution
        .chainEntries()
        .forEach(
            (filter, added) -> entries.computeIfAbsent(filter, _ -> new TreeMap<>()).putAll(added));
    resources.addAll(contribution.resources());
  }

  private static List<Contribution> contributions(ResolvedRoute.Rule rule) {
    List<Contribution> contributions = new ArrayList<>();
    for (HttpPolicy<?, ?> policy : HttpFilterChain.POLICIES) {
      Record checked = rule.policies().get(policy.field());
      if (checked != null) {
        contributions.add(onRoute(policy, checked));
      }
    }
    return contributions;
  }

  @SuppressWarnings("unchecked") // The record was made by this policy's own check.
  private static <P extends Record> Contribution onRoute(HttpPolicy<?, P> policy, Record checked) {
    return policy.onRoute((P) checked);
  }

  private static NavigableMap<FilterId, ByteString> perFilter(List<Contribution> contributions) {
    NavigableMap<FilterId, ByteString> perFilter = new TreeMap<>();
    for (Contribution contribution : contributions) {
      contribution
          .perFilter()
          .forEach(
              (filter, message) -> perFilter.put(filter, Resource.serialise(Packing.any(message))));
    }
    return perFilter;
  }
}
