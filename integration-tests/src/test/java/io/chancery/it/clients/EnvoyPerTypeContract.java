package io.chancery.it.clients;

import io.envoyproxy.envoy.config.core.v3.ApiConfigSource.ApiType;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** An Envoy with a stream of its own for each type, and for each cluster and route table. */
abstract class EnvoyPerTypeContract extends ClientContract {
  private static final String RESOURCES =
      """
      dynamic_resources:
        cds_config: SOURCE
        lds_config: SOURCE
      """
          .replace(
              "SOURCE",
              """
              {resource_api_version: V3, api_config_source: {api_type: API_TYPE, \
              transport_api_version: V3, grpc_services: [{envoy_grpc: {cluster_name: xds}}]}}\
              """);

  private final int port = EnvoyClient.freePort();
  @TempDir private Path directory;

  abstract ApiType apiType();

  @Override
  Backend backend(String name) {
    return Backend.http(name);
  }

  @Override
  ConfigSource source() {
    return Messages.perType(apiType());
  }

  @Override
  Listener listener(String name, String routes) {
    return Messages.listener(name, port, Messages.manager(routes, source()).build());
  }

  /** Nothing orders the streams of an Envoy among each other. */
  @Override
  boolean keepsOrder() {
    return false;
  }

  @Override
  String without() {
    return "Connection refused";
  }

  @Override
  Client client(int xdsPort) throws IOException {
    return EnvoyClient.start(
        directory, xdsPort, port, RESOURCES.replace("API_TYPE", apiType().toString()));
  }
}
