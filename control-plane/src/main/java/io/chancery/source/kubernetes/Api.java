package io.chancery.source.kubernetes;

import io.chancery.source.decode.Tree;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import tools.jackson.core.JacksonException;

/**
 * The few calls that a source makes, blocking. Connections, TLS and tokens are the client's; it
 * must not repeat calls by itself.
 */
final class Api {
  private static final long ANSWER_SECONDS = 30;
  private static final int MAX_MESSAGE = 300;

  /** Names and versions without contents. */
  private static final String METADATA_ONLY =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

  private final HttpClient http;
  private final String root;

  Api(KubernetesClient client) {
    this.http = client.getHttpClient();
    String url = client.getMasterUrl().toString();
    this.root = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /**
   * One page of a list.
   *
   * @param version of the list, from which a watch goes on
   * @param next asks for the next page; empty: there is none
   */
  record Page(List<Node> items, String version, Optional<String> next) {}

  /** One page, with contents or with metadata only. */
  Page list(String path, Map<String, String> query, boolean metadataOnly)
      throws ApiException, IOException, InterruptedException {
    Node tree = get(path, query, metadataOnly ? METADATA_ONLY : "application/json");
    Node metadata = Tree.member(tree, "metadata").orElse(tree);
    if (!(Tree.member(tree, "items").orElse(null) instanceof SequenceNode items)) {
      // An answer without a list is not a list of nothing.
      throw new IOException("the answer of " + path + " holds no list");
    }
    return new Page(
        items.getValue(),
        text(metadata, "resourceVersion").orElse(""),
        text(metadata, "continue").filter(token -> !token.isEmpty()));
  }

  /** One object. */
  Node get(String path) throws ApiException, IOException, InterruptedException {
    return get(path, Map.of(), "application/json");
  }

  private Node get(String path, Map<String, String> query, String accept)
      throws ApiException, IOException, InterruptedException {
    HttpRequest request =
        http.newHttpRequestBuilder().uri(uri(path, query)).header("Accept", accept).build();
    HttpResponse<byte[]> response = await(http.sendAsync(request, byte[].class));
    if (!response.isSuccessful()) {
      throw refusal(response.code(), response.body());
    }
    return parse(response.body());
  }

  /** Opens a watch. */
  WatchStream watch(String path, Map<String, String> query)
      throws ApiException, IOException, InterruptedException {
    WatchStream stream = new WatchStream();
    HttpRequest request =
        http.newHttpRequestBuilder()
            .uri(uri(path, query))
            .header("Accept", "application/json")
            .forStreaming()
            .build();
    HttpResponse<AsyncBody> response =
        await(http.consumeBytes(request, (buffers, _) -> stream.arrived(buffers)));
    if (!response.isSuccessful()) {
      response.body().cancel();
      throw new ApiException(response.code(), "HTTP " + response.code());
    }
    stream.open(response.body());
    return stream;
  }

  /** The tree of an answer, or of a line of a watch. */
  static Node parse(byte[] json) throws IOException {
    try {
      return JsonTrees.read(json);
    } catch (JacksonException | IllegalArgumentException cause) {
      throw new IOException("the answer is no JSON: " + cause.getMessage(), cause);
    }
  }

  /** A string member, such as a name. */
  static Optional<String> text(Node node, String key) {
    return Tree.member(node, key).flatMap(Tree::string);
  }

  private static ApiException refusal(int code, byte[] body) {
    String message;
    try {
      message = text(JsonTrees.read(body), "message").orElse("");
    } catch (JacksonException | IllegalArgumentException cause) {
      message = new String(body, StandardCharsets.UTF_8);
    }
    String cut = message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message;
    return new ApiException(code, "HTTP " + code + (cut.isBlank() ? "" : ": " + cut.strip()));
  }

  private String uri(String path, Map<String, String> query) {
    List<String> parts = new ArrayList<>();
    query.forEach(
        (key, value) -> parts.add(key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return root
        + path
        + (parts.isEmpty() ? "" : parts.stream().collect(Collectors.joining("&", "?", "")));
  }

  private static <T> T await(CompletableFuture<T> future) throws IOException, InterruptedException {
    try {
      return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException cause) {
      Throwable why = cause.getCause() == null ? cause : cause.getCause();
      throw new IOException("the API server cannot be reached: " + why.getMessage(), why);
    } catch (TimeoutException cause) {
      future.cancel(true);
      throw new IOException("the API server gave no answer in " + ANSWER_SECONDS + " s", cause);
    } catch (InterruptedException cause) {
      future.cancel(true);
      throw cause;
    }
  }
}
