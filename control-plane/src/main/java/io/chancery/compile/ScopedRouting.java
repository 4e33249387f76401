package io.chancery.compile;

import com.google.common.collect.Lists;
import io.chancery.compile.Zones.Zone;
import io.chancery.model.Hostname;
import io.chancery.xds.Ads;
import io.chancery.xds.Packing;
import io.envoyproxy.envoy.config.common.mutation_rules.v3.HeaderMutation;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.ScopedRds;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.ScopedRoutes;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.ScopedRoutes.ScopeKeyBuilder;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.ScopedRoutes.ScopeKeyBuilder.FragmentBuilder;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.ScopedRoutes.ScopeKeyBuilder.FragmentBuilder.HeaderValueExtractor;
import java.util.List;

/**
 * How a connection manager finds the scope of a request. Every connection manager of an Envoy gets
 * all scopes of the fleet, so the key of a scope is two strings: the chain, and the host or the
 * wildcard above it. Both are headers that are set before the scope is looked for, over what a
 * client sent, and that no upstream gets to see.
 */
final class ScopedRouting {
  private static final String CHAIN = "x-chancery-chain";
  private static final String SCOPE = "x-chancery-scope";
  private static final String HOST = ":authority";

  /** Headers that are ours. */
  static final List<String> HEADERS = List.of(CHAIN, SCOPE);

  /** Envoy's parser of CEL stops at a depth of 32, and a header value has at most 16,384 bytes. */
  private static final int ZONES_PER_EXPRESSION = 16;

  private ScopedRouting() {}

  static void route(HttpConnectionManager.Builder manager, String chain, Zones zones) {
    manager
        // The key of a scope is the exact host.
        .setStripAnyHostPort(true)
        .addEarlyHeaderMutationExtensions(
            TypedExtensionConfig.newBuilder()
                .setName("scope")
                .setTypedConfig(Packing.any(mutations(chain, zones.zones()))))
        .setScopedRoutes(
            ScopedRoutes.newBuilder()
                .setName(chain)
                .setScopeKeyBuilder(
                    ScopeKeyBuilder.newBuilder()
                        .addFragments(header(CHAIN))
                        .addFragments(header(zones.zones().isEmpty() ? HOST : SCOPE)))
                .setRdsConfigSource(Ads.SOURCE)
                .setScopedRds(ScopedRds.newBuilder().setScopedRdsConfigSource(Ads.SOURCE)));
  }

  private static FragmentBuilder header(String name) {
    return FragmentBuilder.newBuilder()
        .setHeaderValueExtractor(HeaderValueExtractor.newBuilder().setName(name).setIndex(0))
        .build();
  }

  /** Envoy makes them one after the other: the widest zones first, so that the narrowest wins. */
  private static io.envoyproxy.envoy.extensions.http.early_header_mutation.header_mutation.v3
          .HeaderMutation
      mutations(String chain, List<Zone> zones) {
    var mutations =
        io.envoyproxy.envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation
            .newBuilder()
            .addMutations(set(CHAIN, chain));
    if (!zones.isEmpty()) {
      mutations.addMutations(set(SCOPE, "%REQ(:AUTHORITY)%"));
    }
    for (List<Zone> some : Lists.partition(zones, ZONES_PER_EXPRESSION).reversed()) {
      mutations.addMutations(set(SCOPE, "%CEL(" + expression(some) + ")%"));
    }
    return mutations.build();
  }

  /** Host names hold nothing that would have to be escaped. */
  private static String expression(List<Zone> zones) {
    StringBuilder expression = new StringBuilder();
    for (Zone zone : zones) {
      String scope = zone.shared() ? "\"" + zone.wildcard() + "\"" : "request.host";
      expression.append(condition(zone.wildcard())).append(" ? ").append(scope).append(" : ");
    }
    return expression.append("request.headers[\"" + SCOPE + "\"]").toString();
  }

  private static String condition(Hostname wildcard) {
    return wildcard.equals(Hostname.ANY)
        ? "true"
        : "request.host.endsWith(\"" + wildcard.value().substring(1) + "\")";
  }

  private static HeaderMutation set(String header, String value) {
    return HeaderMutation.newBuilder()
        .setAppend(
            HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey(header).setValue(value))
                .setAppendAction(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD))
        .build();
  }
}
