package io.chancery.compile;

import io.chancery.model.Gateway.Protocol;
import io.chancery.xds.Packing;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.extensions.filters.http.lua.v3.Lua;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;

/**
 * Sends a request for a host in capitals to the same host in lower case, before any other filter.
 * Keys of scopes are compared with case, and a route that is found only after the first filters ran
 * is one whose protection Envoy leaves out: so such a request ends here.
 */
final class HostCase {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private HostCase() {}

  /**
   * The filter.
   *
   * @param port of the listener
   */
  static HttpFilter filter(Protocol protocol, int port) {
    boolean tls = protocol == Protocol.HTTPS;
    String suffix = port == (tls ? HTTPS_PORT : HTTP_PORT) ? "" : ":" + port;
    return HttpFilter.newBuilder()
        .setName("host_case")
        .setTypedConfig(
            Packing.any(
                Lua.newBuilder()
                    .setDefaultSourceCode(
                        DataSource.newBuilder()
                            .setInlineString(script(tls ? "https" : "http", suffix)))
                    .build()))
        .build();
  }

  /** The port of the request is gone by now; the redirect has that of the listener. */
  private static String script(String scheme, String suffix) {
    return """
    function envoy_on_request(handle)
      local headers = handle:headers()
      local host = headers:get(":authority")
      if host ~= nil and host ~= string.lower(host) then
        handle:respond({
          [":status"] = "308",
          ["location"] = "%s://" .. string.lower(host) .. "%s" .. (headers:get(":path") or "/")
        })
      end
    end
    """
        .formatted(scheme, suffix);
  }
}
