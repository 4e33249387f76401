package io.chancery.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** HTTP/1.1 by hand, one connection a request: nothing between a test and what it sends. */
final class RawHttp {
  private static final int TIMEOUT_MILLIS = 15_000;

  private RawHttp() {}

  /** An answer; status 0 if there was none. */
  record Response(int status, List<String> headers, String body) {

    /** The value of a header, or empty. */
    String header(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ": ";
      return headers.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(line -> line.substring(prefix.length()))
          .findFirst()
          .orElse("");
    }

    /** Name of the upstream that answered, or empty. */
    String upstream() {
      return header("x-upstream");
    }
  }

  static Response send(int port, String method, String host, String path, String... headers) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return exchange(socket, method, host, path, headers);
    } catch (IOException cause) {
      return new Response(0, List.of(), String.valueOf(cause.getMessage()));
    }
  }

  /** POST with a body that comes with the headers. */
  static Response post(int port, String host, String path, String body, String... headers) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return exchange(socket, new Request("POST", host, path, body), headers);
    } catch (IOException cause) {
      return new Response(0, List.of(), String.valueOf(cause.getMessage()));
    }
  }

  static Response exchange(
      Socket socket, String method, String host, String path, String... headers)
      throws IOException {
    return exchange(socket, new Request(method, host, path, ""), headers);
  }

  private record Request(String method, String host, String path, String body) {}

  private static Response exchange(Socket socket, Request asked, String... headers)
      throws IOException {
    socket.setSoTimeout(TIMEOUT_MILLIS);
    StringBuilder request =
        new StringBuilder(
            asked.method() + " " + asked.path() + " HTTP/1.1\r\nHost: " + asked.host() + "\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    request
        .append("Content-Length: " + asked.body().length() + "\r\nConnection: close\r\n\r\n")
        .append(asked.body());
    OutputStream out = socket.getOutputStream();
    out.write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    return read(
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
  }

  private static Response read(BufferedReader in) throws IOException {
    String statusLine = in.readLine();
    if (statusLine == null) {
      return new Response(0, List.of(), "the connection was closed");
    }
    List<String> headers = new ArrayList<>();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      headers.add(line);
    }
    Response head = new Response(Integer.parseInt(statusLine.split(" ", -1)[1]), headers, "");
    return new Response(head.status(), headers, body(in, head.header("content-length")));
  }

  /**
   * As long as it says, or else to the end: Envoy closes a connection some time after its own
   * answers only.
   */
  private static String body(BufferedReader in, String contentLength) throws IOException {
    if (contentLength.isEmpty()) {
      return in.lines().collect(Collectors.joining("\n"));
    }
    char[] body = new char[Integer.parseInt(contentLength)];
    int read = 0;
    while (read < body.length) {
      int more = in.read(body, read, body.length - read);
      if (more < 0) {
        throw new IOException("the body ended early");
      }
      read += more;
    }
    return new String(body);
  }
}
