package io.chancery.it;

import com.google.gson.Gson;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.JsonFormat.TypeRegistry;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.ScopedRouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.access_loggers.stream.v3.StdoutAccessLog;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import io.envoyproxy.envoy.extensions.filters.http.lua.v3.Lua;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.http.original_ip_detection.xff.v3.XffConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Configurations that an Envoy refuses, each with a part of what it says. None of them can come
 * from what users write: each stands for a mistake that our rules might make.
 */
final class NackCorpus {
  private static final Path FILES = Path.of("src/test/resources/nack");

  /** A host of a RouteConfiguration, beside others that are good. */
  static final String VIRTUAL_HOSTS = "virtualHosts";

  private static final Map<String, Message> TYPES =
      Map.of(
          "secrets",
          Secret.getDefaultInstance(),
          "clusters",
          Cluster.getDefaultInstance(),
          "endpoints",
          ClusterLoadAssignment.getDefaultInstance(),
          "extensionConfigs",
          TypedExtensionConfig.getDefaultInstance(),
          "listeners",
          Listener.getDefaultInstance(),
          "routes",
          RouteConfiguration.getDefaultInstance(),
          VIRTUAL_HOSTS,
          VirtualHost.getDefaultInstance(),
          "scopedRoutes",
          ScopedRouteConfiguration.getDefaultInstance());

  private static final JsonFormat.Parser PARSER =
      JsonFormat.parser()
          .usingTypeRegistry(
              registry(
                  DownstreamTlsContext.getDefaultInstance(),
                  HttpConnectionManager.getDefaultInstance(),
                  HttpProtocolOptions.getDefaultInstance(),
                  JwtAuthentication.getDefaultInstance(),
                  Lua.getDefaultInstance(),
                  Router.getDefaultInstance(),
                  Secret.getDefaultInstance(),
                  StdoutAccessLog.getDefaultInstance(),
                  XffConfig.getDefaultInstance()));

  private NackCorpus() {}

  /**
   * One configuration that is refused.
   *
   * @param type a kind of resource, or a part of one
   * @param says is in Envoy's text
   * @param name that the resource must have; empty: any
   * @param text the message as YAML, with {@code ${name}} in it
   */
  record Entry(String type, String what, String says, String name, Map<?, ?> text) {

    /** The message, about a resource of this name. */
    Message message(String name) {
      return NackCorpus.message(type, text, name);
    }

    @Override
    public String toString() {
      return type + ": " + what;
    }
  }

  /** What there are configurations of. */
  static Set<String> types() {
    return TYPES.keySet();
  }

  /** All of them. */
  static List<Entry> all() {
    List<Entry> all = new ArrayList<>();
    TYPES.keySet().stream().sorted().forEach(type -> all.addAll(of(type)));
    return all;
  }

  /** Those of one type. */
  static List<Entry> of(String type) {
    List<Entry> entries = new ArrayList<>();
    for (Map<?, ?> map : read(type)) {
      Object name = map.get("name");
      entries.add(
          new Entry(
              type,
              String.valueOf(map.get("what")),
              String.valueOf(map.get("says")),
              name == null ? "" : String.valueOf(name),
              (Map<?, ?>) Objects.requireNonNull(map.get("resource"))));
    }
    return entries;
  }

  /** Good resources, which what is refused refers to. */
  static List<Resource> base() {
    return read("base").stream()
        .map(map -> {
          ResourceKind kind = ResourceKind.ofId(String.valueOf(map.get("kind"))).orElseThrow();
          Map<?, ?> text = (Map<?, ?>) Objects.requireNonNull(map.get("resource"));
          Object name = text.containsKey("name") ? text.get("name") : text.get("cluster_name");
          return Resource.of(kind, "" + name, message(kind.id(), text, ""), Set.of());
        })
        .toList();
  }

  private static Message message(String type, Map<?, ?> text, String name) {
    String json =
        new Gson().toJson(text).replace("__name__", name).replace("__long__", "x".repeat(5_000));
    try {
      Message.Builder message = Objects.requireNonNull(TYPES.get(type)).newBuilderForType();
      PARSER.merge(json, message);
      return message.build();
    } catch (InvalidProtocolBufferException cause) {
      throw new AssertionError(type + ": " + json, cause);
    }
  }

  @SuppressWarnings("unchecked") // All files are lists of maps.
  private static List<Map<?, ?>> read(String file) {
    try {
      String yaml =
          Files.readString(FILES.resolve(file + ".yaml"))
              .replace("${name}", "__name__")
              .replace("${long}", "__long__");
      return (List<Map<?, ?>>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  private static TypeRegistry registry(Message... types) {
    Map<String, FileDescriptor> files = new HashMap<>();
    for (Message type : types) {
      collect(type.getDescriptorForType().getFile(), files);
    }
    TypeRegistry.Builder registry = TypeRegistry.newBuilder();
    files.values().forEach(file -> registry.add(file.getMessageTypes()));
    return registry.build();
  }

  private static void collect(FileDescriptor file, Map<String, FileDescriptor> found) {
    if (found.putIfAbsent(file.getFullName(), file) == null) {
      file.getDependencies().forEach(dependency -> collect(dependency, found));
    }
  }
}
