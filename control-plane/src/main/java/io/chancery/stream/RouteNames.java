package io.chancery.stream;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chancery.xds.Resource;
import io.envoyproxy.envoy.config.route.v3.ScopedRouteConfiguration;

/** Finds the routes that a scope leads to. */
final class RouteNames {
  private RouteNames() {}

  static String of(Resource scope) {
    try {
      return ScopedRouteConfiguration.parseFrom(scope.bytes()).getRouteConfigurationName();
    } catch (InvalidProtocolBufferException cause) {
      throw new IllegalStateException("not a scope: " + scope, cause);
    }
  }
}
