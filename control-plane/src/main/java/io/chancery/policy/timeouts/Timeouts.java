package io.chancery.policy.timeouts;

import io.chancery.crd.policy.PolicySpec;
import io.chancery.crd.policy.TimeoutsSpec;
import io.chancery.model.Checked;
import io.chancery.model.Reason;
import io.chancery.policy.Contribution;
import io.chancery.policy.Durations;
import io.chancery.policy.HttpPolicy;
import io.chancery.policy.PolicyPlace;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import org.jspecify.annotations.Nullable;

/** Ends a request that takes too long with 504. */
public final class Timeouts implements HttpPolicy<TimeoutsSpec, Timeouts.Limits> {
  /** The limit where nobody asks for one. */
  public static final long DEFAULT_MILLIS = 15_000;

  /** How long a request without a limit may be silent. */
  private static final long UNLIMITED_IDLE_MILLIS = 300_000;

  /**
   * The checked form.
   *
   * @param requestMillis of the whole request; 0 for no limit
   */
  public record Limits(long requestMillis) {}

  @Override
  public String field() {
    return "timeouts";
  }

  @Override
  public @Nullable TimeoutsSpec in(PolicySpec policies) {
    return policies.timeouts();
  }

  @Override
  public Checked<Limits> check(TimeoutsSpec spec, PolicyPlace place) {
    long request = spec.request() == null ? DEFAULT_MILLIS : Durations.millis(spec.request());
    long attempt = spec.backendRequest() == null ? 0 : Durations.millis(spec.backendRequest());
    if (spec.request() != null && request > 0 && attempt > request) {
      return Checked.rejected(
          place.problem(
              "backendRequest",
              Reason.INVALID,
              "%s is longer than request, %s; make it at most that long"
                  .formatted(spec.backendRequest(), spec.request())));
    }
    return Checked.ok(new Limits(effective(spec, request, attempt)));
  }

  /** There is one attempt as long as nothing retries, so the shorter limit is the limit. */
  private static long effective(TimeoutsSpec spec, long request, long attempt) {
    if (attempt == 0) {
      return spec.request() == null && spec.backendRequest() != null ? 0 : request;
    }
    return spec.request() == null || request == 0 ? attempt : Math.min(request, attempt);
  }

  @Override
  public Contribution onRoute(Limits limits) {
    return Contribution.ofRoute(
        Route.newBuilder()
            .setRoute(
                RouteAction.newBuilder()
                    .setTimeout(Durations.ofMillis(limits.requestMillis()))
                    .setIdleTimeout(Durations.ofMillis(idleMillis(limits.requestMillis()))))
            .build());
  }

  /** A request that may take long may be silent as long; one without a limit must say something. */
  private static long idleMillis(long requestMillis) {
    return requestMillis == 0 ? UNLIMITED_IDLE_MILLIS : Math.max(requestMillis, DEFAULT_MILLIS);
  }
}
