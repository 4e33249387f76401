package io.chancery.adapter;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.chancery.snapshot.Snapshot;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;
import io.envoyproxy.controlplane.cache.Resources;
import io.envoyproxy.controlplane.cache.VersionedResource;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot in the words of java-control-plane: messages with versions. Immutable; kinds and
 * resources that did not change are those of the view before.
 */
record FleetView(Snapshot snapshot, Map<ResourceKind, Contents> kinds) {

  /**
   * All resources of one kind.
   *
   * @param resources by name, in the order of the names
   */
  record Contents(Map<String, VersionedResource<?>> resources) {
    /** Those of them that have these names; all, if there are none. */
    Map<String, VersionedResource<?>> named(List<String> names) {
      if (names.isEmpty()) {
        return resources;
      }
      Map<String, VersionedResource<?>> chosen = new TreeMap<>();
      for (String name : names) {
        Optional.ofNullable(resources.get(name)).ifPresent(it -> chosen.put(name, it));
      }
      return chosen;
    }
  }

  /** The kind of a type URL; empty: the server would fail on an answer of this type. */
  static Optional<ResourceKind> kind(String typeUrl) {
    return ResourceKind.ofTypeUrl(typeUrl)
        .filter(kind -> Resources.V3.TYPE_URLS.contains(kind.typeUrl()));
  }

  static FleetView of(Snapshot snapshot, @Nullable FleetView before) {
    if (before != null && before.revision() == snapshot.revision()) {
      return before;
    }
    Map<ResourceKind, Contents> kinds = new TreeMap<>();
    for (String typeUrl : Resources.V3.TYPE_URLS) {
      ResourceKind kind = ResourceKind.ofTypeUrl(typeUrl).orElseThrow();
      kinds.put(kind, contents(snapshot, kind, before));
    }
    return new FleetView(snapshot, kinds);
  }

  private static Contents contents(
      Snapshot snapshot, ResourceKind kind, @Nullable FleetView before) {
    if (before != null && kind.equals(ResourceKind.LISTENER) && listensAs(before, snapshot)) {
      return before.contents(kind);
    }
    Map<String, VersionedResource<?>> known =
        before == null ? Map.of() : before.contents(kind).resources;
    Map<String, VersionedResource<?>> resources = new LinkedHashMap<>();
    snapshot
        .resources(kind)
        .forEach((name, resource) ->
            resources.put(name, versioned(resource, snapshot, known.get(name))));
    return new Contents(resources);
  }

  /** What is put into listeners is a part of them. */
  private static boolean listensAs(FleetView before, Snapshot now) {
    return List.of(ResourceKind.LISTENER, ResourceKind.EXTENSION_CONFIG).stream()
        .allMatch(kind -> before.snapshot.resources(kind).equals(now.resources(kind)));
  }

  private static VersionedResource<?> versioned(
      Resource resource, Snapshot snapshot, @Nullable VersionedResource<?> before) {
    if (resource.kind().equals(ResourceKind.LISTENER)) {
      Message listener = message(resource, snapshot);
      return VersionedResource.create(listener, Version.of(Resource.serialise(listener)).hex());
    }
    String version = resource.version().hex();
    return before != null && before.version().equals(version)
        ? before
        : VersionedResource.create(message(resource, snapshot), version);
  }

  private static Message message(Resource resource, Snapshot snapshot) {
    try {
      return switch (resource.kind().id()) {
        case "clusters" -> Cluster.parseFrom(resource.bytes());
        case "endpoints" -> ClusterLoadAssignment.parseFrom(resource.bytes());
        case "listeners" -> ListenerFilters.inPlace(Listener.parseFrom(resource.bytes()), snapshot);
        case "routes" -> RouteConfiguration.parseFrom(resource.bytes());
        case "secrets" -> Secret.parseFrom(resource.bytes());
        default -> throw new IllegalArgumentException("no message for " + resource.kind());
      };
    } catch (InvalidProtocolBufferException cause) {
      throw new IllegalStateException("a snapshot holds what is no message: " + resource, cause);
    }
  }

  Contents contents(ResourceKind kind) {
    return Objects.requireNonNull(kinds.get(kind), kind.id());
  }

  long revision() {
    return snapshot.revision();
  }

  /** A version of some resources: equal for equal contents, in every process. */
  static String version(Map<String, VersionedResource<?>> resources) {
    Hasher hasher = Hashing.murmur3_128().newHasher();
    new TreeMap<>(resources)
        .forEach((name, resource) ->
            hasher
                .putString(name, StandardCharsets.UTF_8)
                .putChar('\n')
                .putString(resource.version(), StandardCharsets.UTF_8)
                .putChar('\n'));
    return hasher.hash().toString();
  }
}
