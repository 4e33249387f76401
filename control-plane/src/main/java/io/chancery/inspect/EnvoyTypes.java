package io.chancery.inspect;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat.TypeRegistry;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.ScopedRouteConfiguration;
import io.envoyproxy.envoy.extensions.clusters.dns.v3.DnsCluster;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutation;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import io.envoyproxy.envoy.extensions.filters.http.lua.v3.Lua;
import io.envoyproxy.envoy.extensions.filters.http.on_demand.v3.OnDemand;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.filters.network.connection_limit.v3.ConnectionLimit;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.load_balancing_policies.least_request.v3.LeastRequest;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.service.runtime.v3.Runtime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The message types that may be looked into: resources, and whatever is packed into an {@code Any}
 * in them.
 */
final class EnvoyTypes {
  /** What a resource is, by kind. */
  private static final Map<ResourceKind, Message> RESOURCES =
      Map.of(
          ResourceKind.SECRET, Secret.getDefaultInstance(),
          ResourceKind.RUNTIME, Runtime.getDefaultInstance(),
          ResourceKind.CLUSTER, Cluster.getDefaultInstance(),
          ResourceKind.ENDPOINTS, ClusterLoadAssignment.getDefaultInstance(),
          ResourceKind.EXTENSION_CONFIG, TypedExtensionConfig.getDefaultInstance(),
          ResourceKind.LISTENER, Listener.getDefaultInstance(),
          ResourceKind.ROUTE_CONFIGURATION, RouteConfiguration.getDefaultInstance(),
          ResourceKind.SCOPED_ROUTES, ScopedRouteConfiguration.getDefaultInstance());

  /**
   * One type of every file whose types we pack. A policy that packs another one adds it here; until
   * then it is shown by name and size only.
   */
  private static final List<Message> PACKED =
      List.of(
          ConnectionLimit.getDefaultInstance(),
          DnsCluster.getDefaultInstance(),
          DownstreamTlsContext.getDefaultInstance(),
          io.envoyproxy.envoy.extensions.http.early_header_mutation.header_mutation.v3
              .HeaderMutation.getDefaultInstance(),
          HeaderMutation.getDefaultInstance(),
          HttpConnectionManager.getDefaultInstance(),
          io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.getDefaultInstance(),
          JwtAuthentication.getDefaultInstance(),
          LeastRequest.getDefaultInstance(),
          Lua.getDefaultInstance(),
          OnDemand.getDefaultInstance(),
          Router.getDefaultInstance(),
          Struct.getDefaultInstance(),
          TlsInspector.getDefaultInstance());

  static final EnvoyTypes ALL = new EnvoyTypes();

  private final Map<String, Descriptor> byName;
  private final TypeRegistry registry;

  private EnvoyTypes() {
    Map<String, FileDescriptor> files = new LinkedHashMap<>();
    RESOURCES.values().forEach(type -> collect(type.getDescriptorForType().getFile(), files));
    PACKED.forEach(type -> collect(type.getDescriptorForType().getFile(), files));
    List<Descriptor> types = new ArrayList<>();
    files.values().forEach(file -> types.addAll(file.getMessageTypes()));
    Map<String, Descriptor> names = new LinkedHashMap<>();
    types.forEach(type -> names.put(type.getFullName(), type));
    byName = Map.copyOf(names);
    registry = TypeRegistry.newBuilder().add(types).build();
  }

  /** For {@code JsonFormat}: the same types. */
  TypeRegistry registry() {
    return registry;
  }

  /** The empty message of a kind; empty for kinds that are not for Envoy, and not known here. */
  Optional<Message> ofKind(ResourceKind kind) {
    return Optional.ofNullable(RESOURCES.get(kind));
  }

  /** What is packed, or empty if the type is unknown here or the bytes are not of that type. */
  Optional<Message> unpack(Any any) {
    String url = any.getTypeUrl();
    Descriptor type = byName.get(url.substring(url.lastIndexOf('/') + 1));
    if (type == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(DynamicMessage.parseFrom(type, any.getValue()));
    } catch (InvalidProtocolBufferException notOfThatType) {
      return Optional.empty();
    }
  }

  private static void collect(FileDescriptor file, Map<String, FileDescriptor> found) {
    if (found.putIfAbsent(file.getFullName(), file) == null) {
      file.getDependencies().forEach(dependency -> collect(dependency, found));
    }
  }
}
