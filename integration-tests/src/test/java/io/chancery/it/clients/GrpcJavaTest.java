package io.chancery.it.clients;

import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.xds.XdsNameResolverProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** gRPC in Java: it asks for each listener, route table and cluster by name. */
class GrpcJavaTest extends ClientContract {
  private static final String SCHEME = "chancery-xds";

  @Override
  Backend backend(String name) {
    return Backend.grpc(name);
  }

  @Override
  Listener listener(String name, String routes) {
    return Messages.apiListener(name, routes);
  }

  @Override
  boolean tellsWhatItHolds() {
    return false;
  }

  @Override
  String without() {
    return "UNAVAILABLE";
  }

  @Override
  Client client(int xdsPort) {
    Map<String, ?> server =
        Map.of(
            "server_uri",
            "127.0.0.1:" + xdsPort,
            "channel_creds",
            List.of(Map.of("type", "insecure")),
            "server_features",
            List.of("xds_v3"));
    Map<String, ?> node = Map.of("id", "grpc-java-1", "cluster", Served.FLEET);
    NameResolverProvider resolver =
        XdsNameResolverProvider.createForTest(
            SCHEME, Map.of("xds_servers", List.of(server), "node", node));
    NameResolverRegistry.getDefaultRegistry().register(resolver);
    ManagedChannel channel =
        Grpc.newChannelBuilder(SCHEME + ":///shop", InsecureChannelCredentials.create()).build();
    return new Channel(channel, resolver);
  }

  private record Channel(ManagedChannel channel, NameResolverProvider resolver) implements Client {
    @Override
    public String ask() {
      CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS);
      try {
        return ClientCalls.blockingUnaryCall(channel, Backend.METHOD, options, "");
      } catch (StatusRuntimeException cause) {
        return cause.getStatus().toString();
      }
    }

    @Override
    public void close() {
      var _ = channel.shutdownNow();
      NameResolverRegistry.getDefaultRegistry().deregister(resolver);
    }
  }
}
