package io.chancery.bootstrap;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Client of the admin interface of one Envoy, over its Unix socket. One connection for each
 * request; safe for any number of threads.
 */
public final class EnvoyAdmin {
  /** Larger than the configuration dump of a fleet with 100,000 routes. */
  private static final int MAX_BODY_BYTES = 256 << 20;

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
  private static final Pattern PATH = Pattern.compile("/[!-~]*");

  private final Path socket;
  private final Duration timeout;

  /** A client that gives each request ten seconds. */
  public EnvoyAdmin(Path socket) {
    this(socket, DEFAULT_TIMEOUT);
  }

  /**
   * A client with its own patience.
   *
   * @param timeout for a whole request, from connecting to the last byte
   */
  public EnvoyAdmin(Path socket, Duration timeout) {
    this.socket = socket;
    this.timeout = timeout;
  }

  /**
   * Reads, such as {@code /stats?format=json}.
   *
   * @throws IOException if nobody listens, the answer is no HTTP, larger than 256 MiB, or later
   *     than the time-out
   */
  public AdminResponse get(String path) throws IOException {
    return send("GET", path);
  }

  /** Acts, such as {@code /quitquitquit}; throws as {@link #get}. */
  public AdminResponse post(String path) throws IOException {
    return send("POST", path);
  }

  /**
   * Waits until Envoy is live: it has its first listeners and clusters, or gave up waiting for
   * them.
   *
   * @return whether that came true within the limit
   */
  public boolean awaitLive(Duration limit) throws InterruptedException {
    return await("/ready", limit);
  }

  /** Waits until the admin interface answers at all, which is long before Envoy is live. */
  public boolean awaitAnswer(Duration limit) throws InterruptedException {
    return await("/server_info", limit);
  }

  private boolean await(String path, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!answersOk(path)) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      Thread.sleep(POLL_INTERVAL);
    }
    return true;
  }

  private boolean answersOk(String path) {
    try {
      return get(path).isOk();
    } catch (IOException _) {
      return false; // Not started yet, or about to stop: the caller's limit decides how long that
      // may last.
    }
  }

  private AdminResponse send(String method, String path) throws IOException {
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "admin path \"" + path + "\": expected / and printable ASCII without spaces");
    }
    try (DeadlineSocket connection = DeadlineSocket.connect(socket, timeout)) {
      String head =
          method
              + " "
              + path
              + " HTTP/1.1\r\nhost: envoy\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
      connection.write(head.getBytes(US_ASCII));
      return new HttpResponseReader(connection.input(), MAX_BODY_BYTES).read();
    } catch (IOException e) {
      throw new IOException(
          "admin socket " + socket + ": " + method + " " + path + ": " + e.getMessage(), e);
    }
  }
}
