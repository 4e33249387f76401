package io.chancery.it.clients;

import com.sun.net.httpserver.HttpServer;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A server that clients are led to. It answers each request with its name.
 *
 * @param stop ends it
 */
record Backend(int port, Runnable stop) implements AutoCloseable {
  static final MethodDescriptor<String, String> METHOD =
      MethodDescriptor.<String, String>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("it.Backend/Name")
          .setRequestMarshaller(Text.INSTANCE)
          .setResponseMarshaller(Text.INSTANCE)
          .build();

  static Backend grpc(String name) {
    ServerServiceDefinition service =
        ServerServiceDefinition.builder("it.Backend")
            .addMethod(
                METHOD,
                ServerCalls.asyncUnaryCall((_, answers) -> {
                  answers.onNext(name);
                  answers.onCompleted();
                }))
            .build();
    try {
      Server server = NettyServerBuilder.forAddress(anyPort()).addService(service).build().start();
      return new Backend(server.getPort(), server::shutdownNow);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  static Backend http(String name) {
    byte[] body = name.getBytes(StandardCharsets.UTF_8);
    try {
      HttpServer server = HttpServer.create(anyPort(), 0);
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
      return new Backend(server.getAddress().getPort(), () -> server.stop(0));
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  @Override
  public void close() {
    stop.run();
  }

  private enum Text implements MethodDescriptor.Marshaller<String> {
    INSTANCE;

    @Override
    public InputStream stream(String text) {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream bytes) {
      try {
        return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException cause) {
        throw new UncheckedIOException(cause);
      }
    }
  }
}
