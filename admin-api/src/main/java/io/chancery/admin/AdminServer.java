package io.chancery.admin;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HttpResponseException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/**
 * Serves the admin API. It has no authentication yet, and therefore binds to loopback addresses
 * only.
 */
public final class AdminServer implements AutoCloseable {
  private final Javalin javalin;
  private final String host;
  private final int requestedPort;

  /**
   * Does not listen before {@link #start}.
   *
   * @param host a loopback address
   * @param port 0 for any free port
   * @throws IllegalArgumentException if the host is no loopback address
   */
  public AdminServer(String host, int port, Inspection inspection) {
    this.host = Objects.requireNonNull(host, "host");
    this.requestedPort = port;
    Objects.requireNonNull(inspection, "inspection");
    requireLoopback(host);
    Endpoints endpoints = new Endpoints(inspection);
    javalin = Javalin.create(config -> configure(config, endpoints));
  }

  /** Listens. */
  public AdminServer start() {
    javalin.start(host, requestedPort);
    return this;
  }

  /** The port that it listens on. */
  public int port() {
    return javalin.port();
  }

  /** Stops, after the requests at hand. */
  @Override
  public void close() {
    javalin.stop();
  }

  private static void configure(JavalinConfig config, Endpoints endpoints) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.jsonMapper(new JacksonMapper());
    config.routes.before(HostGuard::check);
    endpoints.all.forEach(endpoint -> config.routes.get(endpoint.path(), endpoint.handler()));
    config.routes.exception(HttpResponseException.class, Errors::expected);
    config.routes.exception(Exception.class, Errors::unexpected);
  }

  private static void requireLoopback(String host) {
    try {
      if (!InetAddress.getByName(host).isLoopbackAddress()) {
        throw new IllegalArgumentException(
            "admin host " + host + ": expected a loopback address such as 127.0.0.1");
      }
    } catch (UnknownHostException cause) {
      throw new IllegalArgumentException("admin host " + host + ": no such address", cause);
    }
  }
}
