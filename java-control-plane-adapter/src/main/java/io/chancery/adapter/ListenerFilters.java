package io.chancery.adapter;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.chancery.snapshot.Snapshot;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;

/**
 * Chancery gives filters with shared configuration by ECDS, which java-control-plane does not know.
 * So that configuration is put into the listeners. The price: when it changes, the listeners do,
 * and their connections drain.
 */
final class ListenerFilters {
  private ListenerFilters() {}

  /** The listener with all configuration of filters in it that the snapshot has. */
  static Listener inPlace(Listener listener, Snapshot snapshot)
      throws InvalidProtocolBufferException {
    Listener.Builder changed = listener.toBuilder();
    for (FilterChain.Builder chain : changed.getFilterChainsBuilderList()) {
      for (Filter.Builder filter : chain.getFiltersBuilderList()) {
        inPlace(filter, snapshot);
      }
    }
    return changed.build();
  }

  private static void inPlace(Filter.Builder filter, Snapshot snapshot)
      throws InvalidProtocolBufferException {
    if (!filter.getTypedConfig().is(HttpConnectionManager.class)) {
      return;
    }
    HttpConnectionManager.Builder manager =
        filter.getTypedConfig().unpack(HttpConnectionManager.class).toBuilder();
    for (HttpFilter.Builder http : manager.getHttpFiltersBuilderList()) {
      if (http.hasConfigDiscovery()) {
        Resource config =
            snapshot.resource(ResourceKind.EXTENSION_CONFIG, http.getName()).orElse(null);
        if (config != null) { // Else an Envoy answers 500, as it does without the resource.
          http.setTypedConfig(TypedExtensionConfig.parseFrom(config.bytes()).getTypedConfig());
        }
      }
    }
    filter.setTypedConfig(Any.pack(manager.build()));
  }
}
