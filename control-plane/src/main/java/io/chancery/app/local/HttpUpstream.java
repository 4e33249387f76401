package io.chancery.app.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.chancery.app.local.LocalRun.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/** Answers every HTTP/1.1 request with JSON that tells which upstream it reached, and with what. */
final class HttpUpstream implements RunningUpstream {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int DEFAULT_BACKLOG = 0;
  private static final int OK = 200;

  /** Headers of the gateway and of applications; Envoy's own would only be noise. */
  private static final String SHOWN = "x-";

  private static final String NOT_SHOWN = "x-envoy-";

  private final HttpServer server;
  private final ExecutorService threads;

  private HttpUpstream(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  static HttpUpstream start(Upstream upstream) throws IOException {
    HttpServer server =
        HttpServer.create(LocalUpstreams.loopback(upstream.port()), DEFAULT_BACKLOG);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(upstream, exchange));
    server.start();
    return new HttpUpstream(server, threads);
  }

  private static void answer(Upstream upstream, HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] answer = JSON.writeValueAsBytes(description(upstream, exchange));
      exchange.getResponseHeaders().set("content-type", "application/json");
      exchange.sendResponseHeaders(OK, answer.length + 1L);
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(answer);
        body.write('\n'); // So that a terminal shows each answer on its own line.
      }
    }
  }

  private static Map<String, Object> description(Upstream upstream, HttpExchange exchange)
      throws IOException {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("service", upstream.name());
    upstream.version().ifPresent(version -> description.put("version", version));
    description.put("method", exchange.getRequestMethod());
    description.put("host", String.valueOf(exchange.getRequestHeaders().getFirst("host")));
    description.put("path", exchange.getRequestURI().toString());
    description.put("bodyBytes", length(exchange.getRequestBody()));
    description.put("headers", shown(exchange.getRequestHeaders()));
    return description;
  }

  /** Reading to the end keeps the connection usable for the next request. */
  private static long length(InputStream body) throws IOException {
    return body.transferTo(OutputStream.nullOutputStream());
  }

  private static SortedMap<String, String> shown(Map<String, List<String>> headers) {
    SortedMap<String, String> shown = new TreeMap<>();
    headers.forEach((name, values) -> {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.startsWith(SHOWN) && !lower.startsWith(NOT_SHOWN)) {
        shown.put(lower, String.join(", ", values));
      }
    });
    return shown;
  }

  @Override
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
