package io.chancery.compile;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import io.chancery.model.Port;
import io.chancery.policy.FilterSlot;
import io.chancery.policy.HttpFilterChain;
import io.chancery.xds.Ads;
import io.chancery.xds.Packing;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLogFilter;
import io.envoyproxy.envoy.config.accesslog.v3.ComparisonFilter;
import io.envoyproxy.envoy.config.accesslog.v3.StatusCodeFilter;
import io.envoyproxy.envoy.config.core.v3.ExtensionConfigSource;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions.HeadersWithUnderscoresAction;
import io.envoyproxy.envoy.config.core.v3.RuntimeUInt32;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.extensions.filters.http.on_demand.v3.OnDemand;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.ForwardClientCertDetails;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.InternalAddressConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.PathWithEscapedSlashesAction;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.ServerHeaderTransformation;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.LocalReplyConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.ResponseMapper;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The HTTP connection manager of a chain, with the defaults of an edge: each value is a decision.
 */
final class ConnectionManager {
  private static final int MAX_HEADERS_KIB = 60;
  private static final int MAX_HEADERS = 100;
  private static final int REQUEST_HEADERS_SECONDS = 10;
  private static final int REQUEST_SECONDS = 300;
  private static final int STREAM_IDLE_SECONDS = 300;
  private static final int IDLE_SECONDS = 3_600;
  private static final int FIRST_ERROR = 400;
  private static final int DRAIN_SECONDS = 30;
  private static final int HTTP2_STREAMS = 100;
  private static final int HTTP2_STREAM_WINDOW = 65_536;
  private static final int HTTP2_CONNECTION_WINDOW = 1_048_576;

  private ConnectionManager() {}

  /**
   * The connection manager of a chain.
   *
   * @param zones empty if the table of routes is in one piece
   */
  static HttpConnectionManager of(String chain, Port port, Optional<Zones> zones) {
    HttpConnectionManager.Builder manager = HttpConnectionManager.newBuilder().setStatPrefix(chain);
    zones.ifPresentOrElse(
        it -> ScopedRouting.route(manager, chain, it),
        () ->
            manager.setRds(Rds.newBuilder().setConfigSource(Ads.SOURCE).setRouteConfigName(chain)));
    normalise(manager);
    trust(manager, port.trustedHops());
    limit(manager);
    manager.setLocalReplyConfig(localReplies());
    if (zones.isPresent()) {
      manager.addHttpFilters(HostCase.filter(port.protocol(), port.key().port()));
    }
    if (port.tables().isOnDemand()) {
      manager.addHttpFilters(onDemand());
    }
    HttpFilterChain.SLOTS.forEach(slot -> manager.addHttpFilters(discovered(slot, chain)));
    return manager.addHttpFilters(router()).build();
  }

  /** A request has one reading, here and in the backend. */
  private static void normalise(HttpConnectionManager.Builder manager) {
    manager
        .setNormalizePath(BoolValue.of(true))
        .setMergeSlashes(true)
        .setPathWithEscapedSlashesAction(PathWithEscapedSlashesAction.UNESCAPE_AND_REDIRECT)
        .setStripTrailingHostDot(true);
  }

  /** A client is believed nothing. */
  private static void trust(HttpConnectionManager.Builder manager, int trustedHops) {
    manager
        .setUseRemoteAddress(BoolValue.of(true))
        .setXffNumTrustedHops(trustedHops)
        // Without it Envoy takes private addresses for its own side, and lets them set x-envoy
        // headers.
        .setInternalAddressConfig(InternalAddressConfig.getDefaultInstance())
        .setForwardClientCertDetails(ForwardClientCertDetails.SANITIZE)
        .setGenerateRequestId(BoolValue.of(true))
        .setServerHeaderTransformation(ServerHeaderTransformation.PASS_THROUGH);
  }

  private static void limit(HttpConnectionManager.Builder manager) {
    manager
        .setMaxRequestHeadersKb(UInt32Value.of(MAX_HEADERS_KIB))
        .setRequestHeadersTimeout(seconds(REQUEST_HEADERS_SECONDS))
        .setRequestTimeout(seconds(REQUEST_SECONDS))
        .setStreamIdleTimeout(seconds(STREAM_IDLE_SECONDS))
        .setDrainTimeout(seconds(DRAIN_SECONDS))
        .setCommonHttpProtocolOptions(
            HttpProtocolOptions.newBuilder()
                .setIdleTimeout(seconds(IDLE_SECONDS))
                .setMaxHeadersCount(UInt32Value.of(MAX_HEADERS))
                .setHeadersWithUnderscoresAction(HeadersWithUnderscoresAction.REJECT_REQUEST))
        .setHttp2ProtocolOptions(
            Http2ProtocolOptions.newBuilder()
                .setMaxConcurrentStreams(UInt32Value.of(HTTP2_STREAMS))
                .setInitialStreamWindowSize(UInt32Value.of(HTTP2_STREAM_WINDOW))
                .setInitialConnectionWindowSize(UInt32Value.of(HTTP2_CONNECTION_WINDOW)));
  }

  /**
   * What Envoy answers itself is a problem document (RFC 9457) that tells nothing of the inside.
   */
  private static LocalReplyConfig localReplies() {
    Struct body =
        Struct.newBuilder()
            .putFields("type", Value.newBuilder().setStringValue("about:blank").build())
            .putFields("status", Value.newBuilder().setStringValue("%RESPONSE_CODE%").build())
            .build();
    return LocalReplyConfig.newBuilder()
        .addMappers(
            ResponseMapper.newBuilder()
                .setFilter(isError())
                .setBodyFormatOverride(
                    SubstitutionFormatString.newBuilder()
                        .setJsonFormat(body)
                        .setContentType("application/problem+json")))
        .build();
  }

  /** A redirect is a local reply too, and no problem. */
  private static AccessLogFilter isError() {
    return AccessLogFilter.newBuilder()
        .setStatusCodeFilter(
            StatusCodeFilter.newBuilder()
                .setComparison(
                    ComparisonFilter.newBuilder()
                        .setOp(ComparisonFilter.Op.GE)
                        .setValue(
                            RuntimeUInt32.newBuilder()
                                .setDefaultValue(FIRST_ERROR)
                                .setRuntimeKey("chancery.local_reply.first_error"))))
        .build();
  }

  /**
   * A filter whose configuration comes by ECDS. Without one, requests are answered 500: closed,
   * never open.
   */
  private static HttpFilter discovered(FilterSlot slot, String chain) {
    String typeUrl = Packing.typeUrl(slot.compose().configuration(new TreeMap<>()));
    return HttpFilter.newBuilder()
        .setName(slot.id().on(chain))
        .setConfigDiscovery(
            ExtensionConfigSource.newBuilder().setConfigSource(Ads.SOURCE).addTypeUrls(typeUrl))
        .build();
  }

  /**
   * Holds a request until the shard of its host is there. The filters of a request are fixed before
   * that, by the route that it did not have yet; so none of them may be one that only a route turns
   * on.
   */
  private static HttpFilter onDemand() {
    return HttpFilter.newBuilder()
        .setName("on_demand")
        .setTypedConfig(Packing.any(OnDemand.getDefaultInstance()))
        .build();
  }

  private static HttpFilter router() {
    return HttpFilter.newBuilder()
        .setName("envoy.filters.http.router")
        .setTypedConfig(Packing.any(Router.getDefaultInstance()))
        .build();
  }

  private static Duration seconds(int seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }
}
