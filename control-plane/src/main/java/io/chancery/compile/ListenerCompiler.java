package io.chancery.compile;

import com.google.protobuf.BoolValue;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.UInt64Value;
import io.chancery.model.Gateway.Protocol;
import io.chancery.model.Hostname;
import io.chancery.model.Port;
import io.chancery.model.Port.Entrance;
import io.chancery.model.Ref;
import io.chancery.policy.Durations;
import io.chancery.xds.Packing;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.filters.network.connection_limit.v3.ConnectionLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * From a port to Envoy's listener. What it holds changes only with port, protocol, host names or
 * certificate names of Gateways: an update of a listener drains its connections.
 */
final class ListenerCompiler {
  private static final int BUFFER_BYTES = 32_768;
  private static final int MAX_CONNECTIONS = 10_000;
  private static final int LISTENER_FILTERS_MILLIS = 5_000;
  private static final int HANDSHAKE_MILLIS = 10_000;

  private final Port port;
  private final BiPredicate<Ref, Ref> usable;
  private final Function<String, Optional<Zones>> zones;

  /**
   * Compiles a port.
   *
   * @param usable whether a Gateway can use the certificate of a Secret
   * @param zones of a chain; empty if its table is in one piece
   */
  ListenerCompiler(
      Port port, BiPredicate<Ref, Ref> usable, Function<String, Optional<Zones>> zones) {
    this.port = port;
    this.usable = usable;
    this.zones = zones;
  }

  /** The listener; empty if no filter chain is left. */
  Optional<Resource> compile() {
    List<FilterChain> chains = port.protocol() == Protocol.HTTPS ? tlsChains() : List.of(plain());
    if (chains.isEmpty()) {
      return Optional.empty();
    }
    Listener.Builder listener =
        Listener.newBuilder()
            .setName(port.listenerName())
            .setAddress(address())
            .setPerConnectionBufferLimitBytes(UInt32Value.of(BUFFER_BYTES))
            .setEnableReusePort(BoolValue.of(true))
            .setListenerFiltersTimeout(Durations.ofMillis(LISTENER_FILTERS_MILLIS))
            .addAllFilterChains(chains);
    if (port.protocol() == Protocol.HTTPS) {
      listener.addListenerFilters(
          ListenerFilter.newBuilder()
              .setName("envoy.filters.listener.tls_inspector")
              .setTypedConfig(Packing.any(TlsInspector.getDefaultInstance())));
    }
    Set<Ref> gateways = port.used().stream().map(Entrance::gateway).collect(Collectors.toSet());
    return Optional.of(
        Resource.of(ResourceKind.LISTENER, port.listenerName(), listener.build(), gateways));
  }

  private Address address() {
    return Address.newBuilder()
        .setSocketAddress(
            SocketAddress.newBuilder()
                .setAddress(port.key().address())
                .setPortValue(port.key().port()))
        .build();
  }

  private FilterChain plain() {
    return chain(port.listenerName()).build();
  }

  /** One chain for each listener, never one for each certificate. */
  private List<FilterChain> tlsChains() {
    List<FilterChain> chains = new ArrayList<>();
    for (Entrance entrance : port.used()) {
      List<Ref> certificates =
          entrance.certificates().stream()
              .filter(secret -> usable.test(entrance.gateway(), secret))
              .toList();
      if (!certificates.isEmpty()) {
        chains.add(tlsChain(entrance, certificates));
      }
    }
    return chains;
  }

  private FilterChain tlsChain(Entrance entrance, List<Ref> certificates) {
    FilterChain.Builder chain =
        chain(entrance.chain())
            .setTransportSocketConnectTimeout(Durations.ofMillis(HANDSHAKE_MILLIS))
            .setTransportSocket(
                TransportSocket.newBuilder()
                    .setName("envoy.transport_sockets.tls")
                    .setTypedConfig(Packing.any(DownstreamTls.context(certificates))));
    if (!entrance.hostname().equals(Hostname.ANY)) {
      chain.setFilterChainMatch(
          FilterChainMatch.newBuilder().addServerNames(entrance.hostname().value()));
    }
    return chain.build();
  }

  private FilterChain.Builder chain(String name) {
    ConnectionLimit limit =
        ConnectionLimit.newBuilder()
            .setStatPrefix("listener")
            .setMaxConnections(UInt64Value.of(MAX_CONNECTIONS))
            .build();
    return FilterChain.newBuilder()
        .setName(name)
        .addFilters(
            Filter.newBuilder()
                .setName("envoy.filters.network.connection_limit")
                .setTypedConfig(Packing.any(limit)))
        .addFilters(
            Filter.newBuilder()
                .setName("envoy.filters.network.http_connection_manager")
                .setTypedConfig(Packing.any(ConnectionManager.of(name, port, zones.apply(name)))));
  }
}
