package io.chancery.check;

import io.chancery.engine.Reads;
import io.chancery.model.Action;
import io.chancery.model.Action.BackendUse;
import io.chancery.model.BackendKey;
import io.chancery.model.Checked;
import io.chancery.model.Problem;
import io.chancery.model.Ref;
import io.chancery.model.ResolvedRoute;
import io.chancery.model.ResolvedRoute.WeightedBackend;
import io.chancery.model.Route;
import io.chancery.policy.HttpFilterChain;
import io.chancery.policy.HttpPolicy;
import io.chancery.policy.PolicyPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Follows the references of routes: to backends, and of policies to whatever they name. */
public final class Resolutions {
  private final RefResolver resolver;
  private final Backends backends;

  public Resolutions(RefResolver resolver, Backends backends) {
    this.resolver = resolver;
    this.backends = backends;
  }

  /** The route with its references followed. A rule with a problem is closed; the others go on. */
  public ResolvedRoute resolve(Route route, Reads reads) {
    List<Problem> problems = new ArrayList<>(route.problems());
    problems.addAll(route.stale());
    List<ResolvedRoute.Rule> rules =
        route.rules().stream().map(rule -> rule(route.ref(), rule, reads, problems)).toList();
    return new ResolvedRoute(route, rules, problems.stream().distinct().sorted().toList());
  }

  private ResolvedRoute.Rule rule(Ref on, Route.Rule rule, Reads reads, List<Problem> problems) {
    List<Problem> closing = new ArrayList<>(rule.problems());
    Map<String, Record> policies = policies(on, rule, reads, closing);
    List<WeightedBackend> shares =
        rule.action() instanceof Action.Forward(var uses, _, _)
            ? shares(on, uses, reads, problems)
            : List.of();
    problems.addAll(closing);
    return new ResolvedRoute.Rule(rule, !closing.isEmpty(), shares, policies);
  }

  /** Backends without weight get no request and take no part. */
  private List<WeightedBackend> shares(
      Ref on, List<BackendUse> uses, Reads reads, List<Problem> problems) {
    List<WeightedBackend> shares = new ArrayList<>();
    for (BackendUse use : uses) {
      Optional<BackendKey> key =
          switch (backends.resolve(reads, on, use)) {
            case Checked.Ok<BackendKey>(var found) -> Optional.of(found);
            case Checked.Rejected<BackendKey>(var reasons) -> {
              problems.addAll(reasons);
              yield Optional.empty();
            }
          };
      if (use.weight() > 0) {
        shares.add(new WeightedBackend(key, use.weight()));
      }
    }
    return List.copyOf(shares);
  }

  private Map<String, Record> policies(
      Ref on, Route.Rule rule, Reads reads, List<Problem> closing) {
    Map<String, Record> checked = new TreeMap<>();
    for (HttpPolicy<?, ?> policy : HttpFilterChain.POLICIES) {
      Route.PolicyValue value = rule.policies().get(policy.field());
      if (value != null) {
        PolicyPlace place = new PolicyPlace(on, value.path(), resolver.from(reads, on));
        switch (check(policy, value.spec(), place)) {
          case Checked.Ok<Record>(var good) -> checked.put(policy.field(), good);
          case Checked.Rejected<Record>(var reasons) -> closing.addAll(reasons);
        }
      }
    }
    return checked;
  }

  @SuppressWarnings(
      "unchecked") // The value was put under the field of this policy, by the policy itself.
  private static <S extends Record, P extends Record> Checked<Record> check(
      HttpPolicy<S, P> policy, Record spec, PolicyPlace place) {
    return switch (policy.check((S) spec, place)) {
      case Checked.Ok<P>(var good) -> Checked.ok(good);
      case Checked.Rejected<P>(var problems) -> new Checked.Rejected<>(problems);
    };
  }
}
