package io.chancery.it.clients;

import static io.chancery.xds.ResourceKind.EXTENSION_CONFIG;
import static io.chancery.xds.ResourceKind.LISTENER;
import static io.chancery.xds.ResourceKind.ROUTE_CONFIGURATION;
import static io.chancery.xds.ResourceKind.RUNTIME;
import static io.chancery.xds.ResourceKind.SCOPED_ROUTES;
import static io.chancery.xds.ResourceKind.SECRET;

import com.google.protobuf.Any;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.ExtensionConfigSource;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.ScopedRouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutation;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.Mutations;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.ScopedRds;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.ScopedRoutes;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import io.envoyproxy.envoy.service.runtime.v3.Runtime;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import java.nio.file.Path;

/**
 * A listener with something of each of the four kinds that are seldom: its certificate by SDS, its
 * route table by SRDS, a header of its answers by ECDS, and which of two routes counts by RTDS.
 */
final class Kinds {
  static final String HEADER = "x-extension";

  private Kinds() {}

  /**
   * What a client can tell the kinds by.
   *
   * @param header what the filter by ECDS puts into each answer
   * @param on whether the layer by RTDS turns the first route on
   * @param table which route table the scope leads to
   * @param certificate in a directory, for SDS
   */
  record Content(String header, boolean on, String table, Path certificate) {
    /** The four, in a fleet. */
    void putInto(Served served) {
      served
          .set(EXTENSION_CONFIG, "header", extension(header))
          .set(RUNTIME, "layer", layer(on))
          .set(SCOPED_ROUTES, "scope", scope("scope", "all", table))
          .set(SECRET, "certificate", secret(certificate));
    }

    /** The answer to a request. */
    String answer() {
      return table + (on ? " on" : " off");
    }
  }

  /**
   * What does not change: the listener, two route tables, and an anchor for each, which has the
   * Envoy load it before the scope moves there.
   */
  static void base(Served served, int port) {
    served
        .set(LISTENER, "shop", listener(port))
        .set(SCOPED_ROUTES, "anchor-one", scope("anchor-one", "of one", "one"))
        .set(SCOPED_ROUTES, "anchor-two", scope("anchor-two", "of two", "two"))
        .set(ROUTE_CONFIGURATION, "one", table("one"))
        .set(ROUTE_CONFIGURATION, "two", table("two"));
  }

  static void remove(Served served) {
    served
        .remove(EXTENSION_CONFIG, "header")
        .remove(RUNTIME, "layer")
        .remove(SCOPED_ROUTES, "scope")
        .remove(SECRET, "certificate");
  }

  private static Listener listener(int port) {
    HttpConnectionManager manager =
        HttpConnectionManager.newBuilder()
            .setStatPrefix("http")
            .setScopedRoutes(scopes())
            .addHttpFilters(
                HttpFilter.newBuilder()
                    .setName("header")
                    .setConfigDiscovery(
                        ExtensionConfigSource.newBuilder()
                            .setConfigSource(Messages.ADS)
                            .addTypeUrls(
                                Any.pack(HeaderMutation.getDefaultInstance()).getTypeUrl())))
            .addHttpFilters(Messages.router())
            .build();
    Listener.Builder listener = Messages.listener("shop", port, manager).toBuilder();
    listener.getFilterChainsBuilder(0).setTransportSocket(tls());
    return listener.build();
  }

  /** The scope is what a header says. */
  private static ScopedRoutes scopes() {
    ScopedRoutes.ScopeKeyBuilder.FragmentBuilder fragment =
        ScopedRoutes.ScopeKeyBuilder.FragmentBuilder.newBuilder()
            .setHeaderValueExtractor(
                ScopedRoutes.ScopeKeyBuilder.FragmentBuilder.HeaderValueExtractor.newBuilder()
                    .setName("x-scope")
                    .setElementSeparator(",")
                    .setIndex(0))
            .build();
    return ScopedRoutes.newBuilder()
        .setName("scopes")
        .setScopeKeyBuilder(ScopedRoutes.ScopeKeyBuilder.newBuilder().addFragments(fragment))
        .setRdsConfigSource(Messages.ADS)
        .setScopedRds(ScopedRds.newBuilder().setScopedRdsConfigSource(Messages.ADS))
        .build();
  }

  private static TransportSocket tls() {
    SdsSecretConfig secret =
        SdsSecretConfig.newBuilder().setName("certificate").setSdsConfig(Messages.ADS).build();
    DownstreamTlsContext context =
        DownstreamTlsContext.newBuilder()
            .setCommonTlsContext(
                CommonTlsContext.newBuilder().addTlsCertificateSdsSecretConfigs(secret))
            .build();
    return TransportSocket.newBuilder().setName("tls").setTypedConfig(Any.pack(context)).build();
  }

  private static TypedExtensionConfig extension(String value) {
    HeaderValueOption header =
        HeaderValueOption.newBuilder()
            .setHeader(HeaderValue.newBuilder().setKey(HEADER).setValue(value))
            .setAppendAction(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD)
            .build();
    HeaderMutation filter =
        HeaderMutation.newBuilder()
            .setMutations(
                Mutations.newBuilder()
                    .addResponseMutations(
                        io.envoyproxy.envoy.config.common.mutation_rules.v3.HeaderMutation
                            .newBuilder()
                            .setAppend(header)))
            .build();
    return TypedExtensionConfig.newBuilder()
        .setName("header")
        .setTypedConfig(Any.pack(filter))
        .build();
  }

  private static Runtime layer(boolean on) {
    Value percent = Value.newBuilder().setNumberValue(on ? 100 : 0).build();
    return Runtime.newBuilder()
        .setName("layer")
        .setLayer(Struct.newBuilder().putFields("shop.on", percent))
        .build();
  }

  private static ScopedRouteConfiguration scope(String name, String key, String table) {
    ScopedRouteConfiguration.Key.Fragment fragment =
        ScopedRouteConfiguration.Key.Fragment.newBuilder().setStringKey(key).build();
    return ScopedRouteConfiguration.newBuilder()
        .setName(name)
        .setRouteConfigurationName(table)
        .setKey(ScopedRouteConfiguration.Key.newBuilder().addFragments(fragment))
        .build();
  }

  private static RouteConfiguration table(String name) {
    RuntimeFractionalPercent off =
        RuntimeFractionalPercent.newBuilder()
            .setRuntimeKey("shop.on")
            .setDefaultValue(FractionalPercent.getDefaultInstance())
            .build();
    return RouteConfiguration.newBuilder()
        .setName(name)
        .addVirtualHosts(
            VirtualHost.newBuilder()
                .setName("all")
                .addDomains("*")
                .addRoutes(answer(name + " on").setMatch(all().setRuntimeFraction(off)))
                .addRoutes(answer(name + " off").setMatch(all())))
        .build();
  }

  private static RouteMatch.Builder all() {
    return RouteMatch.newBuilder().setPrefix("/");
  }

  private static Route.Builder answer(String body) {
    return Route.newBuilder()
        .setDirectResponse(
            DirectResponseAction.newBuilder()
                .setStatus(200)
                .setBody(DataSource.newBuilder().setInlineString(body)));
  }

  private static Secret secret(Path directory) {
    return Secret.newBuilder()
        .setName("certificate")
        .setTlsCertificate(
            TlsCertificate.newBuilder()
                .setCertificateChain(file(directory.resolve("tls.crt")))
                .setPrivateKey(file(directory.resolve("tls.key"))))
        .build();
  }

  private static DataSource file(Path file) {
    try {
      return DataSource.newBuilder().setInlineString(java.nio.file.Files.readString(file)).build();
    } catch (java.io.IOException cause) {
      throw new java.io.UncheckedIOException(cause);
    }
  }
}
