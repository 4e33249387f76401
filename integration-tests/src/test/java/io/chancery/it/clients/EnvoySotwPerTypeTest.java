package io.chancery.it.clients;

import io.envoyproxy.envoy.config.core.v3.ApiConfigSource.ApiType;

/** In the state-of-the-world form. */
class EnvoySotwPerTypeTest extends EnvoyPerTypeContract {
  @Override
  ApiType apiType() {
    return ApiType.GRPC;
  }

  @Override
  boolean tellsWhatItHolds() {
    return false;
  }
}
