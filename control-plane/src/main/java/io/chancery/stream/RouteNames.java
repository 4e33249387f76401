package io.chancery.stream;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chancery.xds.Resource;
import io.envoyproxy.envoy.config.route.v3.ScopedRouteConfiguration;
import java.util.Optional;

/** Finds the routes that a scope leads to. */
final class RouteNames {
  private RouteNames() {}

  /** Empty if a client asks for them only when a request needs them: it may never have them. */
  static Optional<String> of(Resource scope) {
    try {
      ScopedRouteConfiguration message = ScopedRouteConfiguration.parseFrom(scope.bytes());
      return Optional.of(message)
          .filter(it -> !it.getOnDemand())
          .map(ScopedRouteConfiguration::getRouteConfigurationName);
    } catch (InvalidProtocolBufferException cause) {
      throw new IllegalStateException("not a scope: " + scope, cause);
    }
  }
}
