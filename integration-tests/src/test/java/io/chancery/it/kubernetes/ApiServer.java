package io.chancery.it.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes API server with its etcd, one for all tests of a JVM. {@code KUBE_APISERVER_BIN} and
 * {@code ETCD_BIN} name the binaries; without them the tests that ask for it are skipped.
 */
public final class ApiServer {
  /** The token of a user who may do everything. */
  public static final String TOKEN = "admin-of-the-tests";

  /** The token of the service account of the control plane, which may do what was granted to it. */
  public static final String GATEWAY = "gateway-of-the-tests";

  private static @Nullable ApiServer shared;

  private final Path directory;
  private final int port;
  private final List<Process> processes = new ArrayList<>();
  private final List<String> serverCommand = new ArrayList<>();

  private String etcdUrl = "";

  /** What a command said and how it ended. */
  public record Output(int exit, String text) {
    /** The text of a command that must have succeeded. */
    public String ok() {
      assertThat(exit).as(text).isZero();
      return text;
    }
  }

  private ApiServer(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  /** The server of this JVM, ready; the calling test is skipped if there can be none. */
  public static synchronized ApiServer shared() throws IOException {
    String server = System.getenv("KUBE_APISERVER_BIN");
    String etcd = System.getenv("ETCD_BIN");
    assumeTrue(server != null && etcd != null, "KUBE_APISERVER_BIN and ETCD_BIN are not set");
    assumeTrue(
        run(List.of(kubectlBinary(), "version", "--client")).exit() == 0, "kubectl is missing");
    if (shared == null) {
      shared = start(server, etcd);
    }
    return shared;
  }

  /** Where it listens, such as {@code https://127.0.0.1:6443}. */
  public String url() {
    return "https://127.0.0.1:" + port;
  }

  /** Of a user who may do everything. */
  public String token() {
    return TOKEN;
  }

  /** Certificates to trust, in PEM. */
  public Path certificates() {
    return directory.resolve("apiserver.crt");
  }

  /** Runs kubectl against it; what it prints, errors included. */
  public Output kubectl(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(kubectlBinary());
    command.add("--kubeconfig=" + directory.resolve("kubeconfig"));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static String kubectlBinary() {
    String named = System.getenv("KUBECTL_BIN");
    return named == null ? "kubectl" : named;
  }

  private static ApiServer start(String server, String etcd) throws IOException {
    ApiServer started = new ApiServer(Files.createTempDirectory("apiserver"), freePort());
    Runtime.getRuntime().addShutdownHook(new Thread(started::stop));
    started.writeFiles();
    int client = freePort();
    started.etcdUrl = "http://127.0.0.1:" + client;
    started.launch("etcd", started.etcd(etcd, client, freePort()));
    started.serverCommand.addAll(started.server(server, client));
    started.restart();
    return started;
  }

  /** A server of its own for a test that breaks it; {@link #stop} it afterwards. */
  public static ApiServer own() throws IOException {
    ApiServer _ = shared(); // Skips the test where there can be none.
    return start(System.getenv("KUBE_APISERVER_BIN"), System.getenv("ETCD_BIN"));
  }

  /** Kills the API server, and leaves its store alone. */
  public void kill() throws InterruptedException {
    Process server = processes.removeLast();
    server.destroyForcibly();
    server.waitFor();
  }

  /** Starts the API server (again) and waits until it is ready. */
  public void restart() throws IOException {
    launch("kube-apiserver", serverCommand);
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .until(this::isReady);
  }

  /** Forgets the history of all changes so far, so that watches cannot go on from there. */
  public void compact() throws IOException {
    String revision =
        store("maintenance/status", "{}").replaceAll(".*\"revision\":\"([0-9]+)\".*", "$1");
    String _ = store("kv/compaction", "{\"revision\":\"" + revision + "\",\"physical\":true}");
  }

  private String store(String method, String body) throws IOException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(etcdUrl + "/v3/" + method))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return response.body();
    } catch (InterruptedException cause) {
      throw new IllegalStateException("interrupted while the store was asked", cause);
    }
  }

  /** A kubeconfig for a user, by token. */
  public Path kubeconfig(String user) throws IOException {
    Path file = directory.resolve("kubeconfig-" + user);
    Files.writeString(file, kubeconfigText(url(), user));
    return file;
  }

  /** A kubeconfig for a user who reaches the server by another address, in plain text. */
  public Path kubeconfig(String user, String url) throws IOException {
    Path file = Files.createTempFile(directory, "kubeconfig-" + user, "");
    Files.writeString(file, kubeconfigText(url, user));
    return file;
  }

  /** Applies a text. */
  public Output apply(String yaml) throws IOException {
    Path file = Files.createTempFile(directory, "apply", ".yaml");
    Files.writeString(file, yaml);
    return kubectl("apply", "-f", file.toString());
  }

  /** Ready, and with the namespace that it makes for its users a moment later. */
  private boolean isReady() {
    assertThat(processes).allMatch(Process::isAlive);
    return Files.exists(certificates())
        && kubectl("get", "--raw=/readyz").exit() == 0
        && kubectl("get", "namespace", "default").exit() == 0;
  }

  private List<String> etcd(String binary, int client, int peer) {
    String url = "http://127.0.0.1:" + client;
    return List.of(
        binary,
        "--data-dir=" + directory.resolve("etcd"),
        "--listen-client-urls=" + url,
        "--advertise-client-urls=" + url,
        "--listen-peer-urls=http://127.0.0.1:" + peer,
        "--unsafe-no-fsync");
  }

  private List<String> server(String binary, int etcd) {
    Path key = directory.resolve("service-accounts.key");
    return List.of(
        binary,
        "--etcd-servers=http://127.0.0.1:" + etcd,
        "--cert-dir=" + directory,
        "--secure-port=" + port,
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-key-file=" + key,
        "--service-account-signing-key-file=" + key,
        "--token-auth-file=" + directory.resolve("tokens.csv"),
        "--authorization-mode=RBAC",
        "--service-cluster-ip-range=10.96.0.0/16",
        "--disable-admission-plugins=ServiceAccount");
  }

  private void launch(String name, List<String> command) throws IOException {
    processes.add(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name + ".log").toFile())
            .start());
  }

  /** The server first: without etcd it would not end by itself. */
  public void stop() {
    processes.reversed().forEach(Process::destroyForcibly);
  }

  private void writeFiles() throws IOException {
    Files.writeString(
        directory.resolve("tokens.csv"),
        TOKEN
            + ",admin,admin,\"system:masters\"\n"
            + GATEWAY
            + ",system:serviceaccount:chancery-system:chancery,gateway,\"system:authenticated\"\n");
    Files.writeString(directory.resolve("service-accounts.key"), privateKey());
    Files.writeString(directory.resolve("kubeconfig"), kubeconfigText(url(), TOKEN));
  }

  private String kubeconfigText(String url, String token) {
    return """
    apiVersion: v1
    kind: Config
    clusters: [{name: it, cluster: {server: "%s", certificate-authority: %s}}]
    users: [{name: it, user: {token: %s}}]
    contexts: [{name: it, context: {cluster: it, user: it}}]
    current-context: it
    """
        .formatted(url, certificates(), token);
  }

  private static String privateKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
      String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
      return "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
    } catch (NoSuchAlgorithmException cause) {
      throw new IllegalStateException("every JDK has RSA", cause);
    }
  }

  /**
   * A port that is free, and that the system gives to no connection meanwhile: it is below those
   * from which Linux takes the ports of clients.
   */
  private static int freePort() throws IOException {
    for (int i = 0; i < 100; i++) {
      int candidate = ThreadLocalRandom.current().nextInt(15_000, 30_000);
      try (ServerSocket socket = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException taken) {
        // Another one, then.
      }
    }
    throw new IOException("no port is free");
  }

  private static Output run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
      return new Output(process.exitValue(), text);
    } catch (IOException cause) {
      return new Output(127, String.valueOf(cause.getMessage()));
    } catch (InterruptedException cause) {
      throw new IllegalStateException("interrupted while a command ran", cause);
    }
  }
}
