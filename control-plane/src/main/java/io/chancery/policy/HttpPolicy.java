package io.chancery.policy;

import io.chancery.crd.policy.PolicySpec;
import io.chancery.model.Checked;
import org.jspecify.annotations.Nullable;

/**
 * One policy: from what a user writes to what Envoy runs.
 *
 * @param <S> its specification
 * @param <P> the checked form of it
 */
public interface HttpPolicy<S extends Record, P extends Record> {

  /** Name of the policy: its field in {@link PolicySpec}. */
  String field();

  /** Its specification in a set of policies, or null if that asks for nothing of it. */
  @Nullable S in(PolicySpec policies);

  /** Checks a specification. Pure. What cannot be resolved is a problem, and closes the rule. */
  Checked<P> check(S spec, PolicyPlace place);

  /** What the policy adds to a route. Pure; returns what it adds and changes nothing. */
  Contribution onRoute(P policy);
}
