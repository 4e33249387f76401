package io.chancery.crd.gateway;

import io.chancery.crd.policy.TimeoutsSpec;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends HTTP requests to backends. */
public record HttpRouteSpec(
    @Size(max = 32) List<ParentReference> parentRefs,
    @Nullable String useDefaultGateways,
    @Size(max = 16)
        List<@Size(min = 1, max = 253) @Pattern(HostnamePattern.LISTENER) String> hostnames,
    @Size(min = 1, max = 16) List<Rule> rules) {

  /**
   * Requests that match any of {@code matches} take the filters and one of the backends.
   *
   * @param name unique within the route; names what is made of the rule
   * @param matches every request if empty
   */
  public record Rule(
      @Size(min = 1, max = 253) @Nullable String name,
      @Size(max = 64) List<HttpMatch> matches,
      @Size(max = 16) List<HttpFilter> filters,
      @Size(max = 16) List<BackendReference> backendRefs,
      @Nullable TimeoutsSpec timeouts,
      @Nullable Object retry,
      @Nullable Object sessionPersistence) {}
}
