package io.chancery.it.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.compile.Compilation;
import io.chancery.compile.Compiled;
import io.chancery.engine.Write;
import io.chancery.inspect.CompiledTrees;
import io.chancery.source.file.FileObjects;
import io.chancery.source.kubernetes.KubernetesScope;
import io.chancery.source.kubernetes.KubernetesSource;
import io.chancery.xds.ResourceChange;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same objects make the same bytes and the same conditions, whether they stand in files or in
 * an API server. What an API server refuses is in neither.
 */
class SameFromBothTest {
  private static final Path GOLDEN = Path.of("../control-plane/src/test/resources/golden");
  private static final String DOCUMENTS = "(?m)^---\\s*$";

  private static ApiServer server;
  private static KubernetesClient client;
  private static int accepted;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws IOException {
    server = ApiServer.own(); // With nothing of other tests in it.
    GatewayApi.install(server);
    client = KubernetesSourceTest.client(server, ApiServer.TOKEN);
    for (String namespace : List.of("shop", "infra", "other", "certs", "login", "apps")) {
      server.kubectl("create", "namespace", namespace);
    }
  }

  @AfterAll
  static void enoughWasCompared() {
    if (client != null) {
      client.close();
      server.stop();
      assertThat(accepted).as("objects that the API server took").isGreaterThan(150);
    }
  }

  static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.walk(GOLDEN)) {
      return files.filter(path -> path.endsWith("in.yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sameBytesAndSameConditions(Path input) throws Exception {
    Path taken = Files.createFile(directory.resolve("in.yaml"));
    try {
      for (String document : Files.readString(input).split(DOCUMENTS, -1)) {
        Path one = Files.writeString(directory.resolve("one"), document);
        if (!document.isBlank() && server.kubectl("create", "-f", one.toString()).exit() == 0) {
          Files.writeString(taken, Files.readString(taken) + "---\n" + asOld(document, one));
          accepted++;
        }
      }
      Files.delete(directory.resolve("one"));
      assertThat(render(fromServer())).isEqualTo(render(fromFiles()));
    } finally {
      server.kubectl("delete", "--ignore-not-found", "--wait=false", "-f", taken.toString()).ok();
    }
  }

  /** With the time at which the server made the object: the older wins where two want the same. */
  private static String asOld(String document, Path file) {
    String time =
        server
            .kubectl("get", "-f", file.toString(), "-o", "jsonpath={.metadata.creationTimestamp}")
            .ok();
    String undated = document.replaceAll("creationTimestamp: \"?[-0-9TZ:]+\"?(, )?", "");
    String old =
        undated.replaceFirst(
            "(?m)^metadata: \\{", "metadata: {creationTimestamp: \"" + time + "\", ");
    assertThat(old).isNotEqualTo(document);
    return old;
  }

  /** So that the test above is known to be able to fail. */
  @Test
  void aDifferenceIsSeen() throws Exception {
    Files.writeString(
        directory.resolve("in.yaml"),
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: only-in-a-file}
        spec: {controllerName: chancery.io/gateway-controller}
        """);
    assertThat(render(fromServer())).isNotEqualTo(render(fromFiles()));
  }

  private Compiled fromFiles() {
    Compilation compilation = new Compilation();
    return compilation.apply(
        new FileObjects(List.of(directory.resolve("in.yaml")), compilation.objects()).refresh());
  }

  private static Compiled fromServer() throws Exception {
    Compilation compilation = new Compilation();
    CompletableFuture<List<Write<?, ?>>> first = new CompletableFuture<>();
    try (KubernetesSource source =
        new KubernetesSource(client, KubernetesScope.ALL, compilation.objects())) {
      source.start(first::complete);
      return compilation.apply(first.get(60, TimeUnit.SECONDS));
    }
  }

  private static Map<String, String> render(Compiled compiled) {
    Map<String, String> all = new TreeMap<>();
    for (ResourceChange change : compiled.changes()) {
      all.put(
          change.fleet() + " " + change.kind() + " " + change.name(),
          change.resource().map(resource -> resource.version().toString()).orElse("none"));
    }
    CompiledTrees trees = new CompiledTrees(compiled, Optional.empty());
    all.put("status", CompiledTrees.yaml(new ArrayList<>(trees.statuses())));
    return all;
  }
}
