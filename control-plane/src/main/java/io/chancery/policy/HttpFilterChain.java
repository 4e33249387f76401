package io.chancery.policy;

import io.chancery.policy.headers.Headers;
import io.chancery.policy.jwt.IdentityHeaders;
import io.chancery.policy.jwt.Jwt;
import io.chancery.policy.timeouts.Timeouts;
import java.util.List;

/**
 * All policies, and the filters of every chain in the order in which Envoy runs them. The reader
 * sees the order.
 */
public final class HttpFilterChain {

  /** Every policy. A new one is a line here. */
  public static final List<HttpPolicy<?, ?>> POLICIES =
      List.of(new Jwt(), new Headers(), new Timeouts());

  /**
   * Filters that have shared configuration, delivered by ECDS, in the order in which requests meet
   * them. The router comes after the last.
   */
  public static final List<FilterSlot> SLOTS =
      List.of(
          // Before anything that sets or believes an identity: what a client claims of itself is
          // removed.
          IdentityHeaders.SLOT,
          // Verified claims, before anything that decides by them.
          Jwt.SLOT);

  private HttpFilterChain() {}
}
