package io.chancery.it.xds;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.ScopedRouteConfiguration;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.service.runtime.v3.Runtime;
import java.util.Arrays;
import java.util.Optional;

/** The types of resources that the kit asks for, as the protocol names them. */
enum XdsType {
  CLUSTERS("config.cluster.v3.Cluster", "cluster.v3.ClusterDiscoveryService/Clusters") {
    @Override
    String name(ByteString body) throws InvalidProtocolBufferException {
      return Cluster.parseFrom(body).getName();
    }
  },
  ENDPOINTS(
      "config.endpoint.v3.ClusterLoadAssignment",
      "endpoint.v3.EndpointDiscoveryService/Endpoints") {
    @Override
    String name(ByteString body) throws InvalidProtocolBufferException {
      return ClusterLoadAssignment.parseFrom(body).getClusterName();
    }
  },
  LISTENERS("config.listener.v3.Listener", "listener.v3.ListenerDiscoveryService/Listeners") {
    @Override
    String name(ByteString body) throws InvalidProtocolBufferException {
      return Listener.parseFrom(body).getName();
    }
  },
  ROUTES("config.route.v3.RouteConfiguration", "route.v3.RouteDiscoveryService/Routes") {
    @Override
    String name(ByteString body) throws InvalidProtocolBufferException {
      return RouteConfiguration.parseFrom(body).getName();
    }
  },
  SCOPED_ROUTES(
      "config.route.v3.ScopedRouteConfiguration",
      "route.v3.ScopedRoutesDiscoveryService/ScopedRoutes") {
    @Override
    String name(ByteString body) throws InvalidProtocolBufferException {
      return ScopedRouteConfiguration.parseFrom(body).getName();
    }
  },
  SECRETS(
      "extensions.transport_sockets.tls.v3.Secret", "secret.v3.SecretDiscoveryService/Secrets") {
    @Override
    String name(ByteString body) throws InvalidProtocolBufferException {
      return Secret.parseFrom(body).getName();
    }
  },
  RUNTIMES("service.runtime.v3.Runtime", "runtime.v3.RuntimeDiscoveryService/Runtime") {
    @Override
    String name(ByteString body) throws InvalidProtocolBufferException {
      return Runtime.parseFrom(body).getName();
    }
  },
  EXTENSIONS(
      "config.core.v3.TypedExtensionConfig",
      "extension.v3.ExtensionConfigDiscoveryService/ExtensionConfigs") {
    @Override
    String name(ByteString body) throws InvalidProtocolBufferException {
      return TypedExtensionConfig.parseFrom(body).getName();
    }
  };

  private final String typeUrl;
  private final String service;
  private final String method;

  XdsType(String message, String serviceAndMethod) {
    int slash = serviceAndMethod.indexOf('/');
    this.typeUrl = "type.googleapis.com/envoy." + message;
    this.service = "envoy.service." + serviceAndMethod.substring(0, slash);
    this.method = serviceAndMethod.substring(slash + 1);
  }

  /** The name that a message of this type gives itself. */
  abstract String name(ByteString body) throws InvalidProtocolBufferException;

  String typeUrl() {
    return typeUrl;
  }

  /** Full name of the service that has only this type. */
  String service() {
    return service;
  }

  /** What follows {@code Stream}, {@code Delta} and {@code Fetch} in the names of its methods. */
  String method() {
    return method;
  }

  /**
   * Whether a SotW response has all resources, so that what it lacks is gone; "xDS transport
   * protocol", "Grouping Resources into Responses". Of scopes, Envoy's code says so.
   */
  boolean complete() {
    return this == CLUSTERS || this == LISTENERS || this == SCOPED_ROUTES;
  }

  static Optional<XdsType> of(String typeUrl) {
    return Arrays.stream(values()).filter(type -> type.typeUrl.equals(typeUrl)).findFirst();
  }
}
