package io.chancery.app.local;

import io.chancery.app.local.LocalRun.Upstream;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers gRPC: the standard health service, healthy as a whole and under its own name, and the
 * reflection service. The response header {@code x-served-by} tells which upstream a call reached.
 */
final class GrpcUpstream implements RunningUpstream {
  private static final Metadata.Key<String> SERVED_BY =
      Metadata.Key.of("x-served-by", Metadata.ASCII_STRING_MARSHALLER);

  private final Server server;
  private final ExecutorService threads;

  private GrpcUpstream(Server server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  static GrpcUpstream start(Upstream upstream) throws IOException {
    HealthStatusManager health = new HealthStatusManager();
    health.setStatus(upstream.name(), ServingStatus.SERVING);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    Server server =
        NettyServerBuilder.forAddress(LocalUpstreams.loopback(upstream.port()))
            .executor(threads)
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance())
            .intercept(new Signature(signature(upstream)))
            .build();
    try {
      return new GrpcUpstream(server.start(), threads);
    } catch (IOException e) {
      threads.shutdownNow();
      throw e;
    }
  }

  private static String signature(Upstream upstream) {
    return upstream.name() + upstream.version().map(version -> "/" + version).orElse("");
  }

  private record Signature(String text) implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata request, ServerCallHandler<Q, R> next) {
      return next.startCall(
          new SimpleForwardingServerCall<>(call) {
            @Override
            public void sendHeaders(Metadata headers) {
              headers.put(SERVED_BY, text);
              super.sendHeaders(headers);
            }
          },
          request);
    }
  }

  @Override
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    threads.shutdownNow();
  }
}
