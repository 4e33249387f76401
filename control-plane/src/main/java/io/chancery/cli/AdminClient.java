package io.chancery.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the admin API of a running control plane. */
final class AdminClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final String server;
  private final JsonMapper json = new JsonMapper();

  /**
   * Does not connect yet.
   *
   * @param server such as {@code http://127.0.0.1:18080}
   */
  AdminClient(String server) {
    this.server = server.replaceFirst("/+$", "");
  }

  /**
   * The answer to a GET.
   *
   * @param path not encoded
   * @throws UserException if the server cannot be reached, or has no such thing; its own words
   */
  JsonNode get(String path, Map<String, String> query) throws UserException, InterruptedException {
    URI uri = uri(path, query);
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode body = json.readTree(answer.body());
      if (answer.statusCode() != 200) {
        throw new UserException(body.path("detail").asString("HTTP " + answer.statusCode()));
      }
      return body;
    } catch (JacksonException cause) {
      throw new UserException(server + " does not answer like a control plane of Chancery");
    } catch (IOException cause) {
      throw new UserException(
          "cannot reach the control plane at "
              + server
              + " ("
              + Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName())
              + "); start one with 'chancery run', or name another with --server");
    }
  }

  private URI uri(String path, Map<String, String> query) throws UserException {
    String parameters =
        query.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    try {
      String rawPath = new URI(null, null, path, null).getRawPath();
      URI uri = new URI(server + rawPath + (parameters.isEmpty() ? "" : "?" + parameters));
      if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
        return uri;
      }
    } catch (URISyntaxException cause) {
      // Told below.
    }
    throw new UserException(
        "--server: '" + server + "'; expected a URL such as http://127.0.0.1:18080");
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
