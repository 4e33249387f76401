package io.chancery.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server behind the gateway: answers its name, and what reached it, a line each. */
final class Upstream implements AutoCloseable {
  private final String name;
  private final HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile String fixedBody = "";

  Upstream(String name) {
    this.name = name;
    try {
      server =
          HttpServer.create(new InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    exchange.getRequestBody().readAllBytes();
    StringBuilder body = new StringBuilder(name + "\n");
    body.append(exchange.getRequestMethod())
        .append(' ')
        .append(exchange.getRequestURI())
        .append('\n');
    exchange
        .getRequestHeaders()
        .forEach((header, values) ->
            body.append(header.toLowerCase(Locale.ROOT))
                .append(": ")
                .append(String.join(",", values))
                .append('\n'));
    byte[] bytes =
        (fixedBody.isEmpty() ? body.toString() : fixedBody).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("x-upstream", name);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** From now on the body of every answer. */
  void alwaysAnswer(String body) {
    fixedBody = body;
  }

  int port() {
    return server.getAddress().getPort();
  }

  int requests() {
    return requests.get();
  }

  /** Service and EndpointSlice, port 80, that lead here. */
  String asService(String service) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: %1$s, namespace: shop}
    spec: {ports: [{port: 80}]}
    ---
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata: {name: %1$s-1, namespace: shop, labels: {kubernetes.io/service-name: %1$s}}
    addressType: IPv4
    endpoints: [{addresses: [127.0.0.1]}]
    ports: [{port: %2$d}]
    """
        .formatted(service, port());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
