package io.chancery.xds;

import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;

/** The one stream over which an Envoy gets everything. */
public final class Ads {
  /** How long an Envoy waits for a resource that it has been told of. */
  private static final long INITIAL_FETCH_SECONDS = 15;

  /** As a resource names it. */
  public static final ConfigSource SOURCE =
      ConfigSource.newBuilder()
          .setAds(AggregatedConfigSource.getDefaultInstance())
          .setResourceApiVersion(ApiVersion.V3)
          .setInitialFetchTimeout(
              com.google.protobuf.Duration.newBuilder().setSeconds(INITIAL_FETCH_SECONDS))
          .build();

  private Ads() {}
}
