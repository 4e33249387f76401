package io.chancery.it.clients;

import io.envoyproxy.envoy.config.core.v3.ApiConfigSource.ApiType;

/** In the incremental form. */
class EnvoyDeltaPerTypeTest extends EnvoyPerTypeContract {
  @Override
  ApiType apiType() {
    return ApiType.DELTA_GRPC;
  }

  @Override
  boolean tellsWhatItHolds() {
    return true;
  }
}
