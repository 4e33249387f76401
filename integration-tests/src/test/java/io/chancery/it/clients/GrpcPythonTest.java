package io.chancery.it.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.envoyproxy.envoy.config.listener.v3.Listener;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * gRPC in Python, which is gRPC in C++ at heart. {@code ./chancery test} fetches it and says where
 * it is.
 */
class GrpcPythonTest extends ClientContract {
  @TempDir private Path directory;

  @BeforeAll
  static void find() throws Exception {
    boolean found = python("-c", "import grpc").redirectErrorStream(true).start().waitFor() == 0;
    assumeTrue(found, "python3 has no grpcio; ./chancery test fetches it into .chancery");
  }

  /** With the grpcio of the launcher, or that of the machine. */
  private static ProcessBuilder python(String... arguments) {
    ProcessBuilder process = new ProcessBuilder("python3");
    process.command().addAll(java.util.List.of(arguments));
    @Nullable String fetched = System.getenv("GRPCIO_DIR");
    if (fetched != null) {
      process.environment().put("PYTHONPATH", fetched);
    }
    return process;
  }

  @Override
  Backend backend(String name) {
    return Backend.grpc(name);
  }

  @Override
  Listener listener(String name, String routes) {
    return Messages.apiListener(name, routes);
  }

  @Override
  boolean tellsWhatItHolds() {
    return false;
  }

  @Override
  String without() {
    return "UNAVAILABLE";
  }

  @Override
  Client client(int xdsPort) throws IOException {
    Path script = directory.resolve("grpc_client.py");
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("/clients/grpc_client.py"))) {
      Files.write(script, in.readAllBytes());
    }
    ProcessBuilder process = python(script.toString());
    Map<String, String> environment = process.environment();
    environment.put("GRPC_XDS_BOOTSTRAP_CONFIG", bootstrap(xdsPort));
    return new Script(process.redirectError(directory.resolve("python.log").toFile()).start());
  }

  private static String bootstrap(int xdsPort) {
    return """
    {"xds_servers": [{"server_uri": "127.0.0.1:%d", "channel_creds": [{"type": "insecure"}],
      "server_features": ["xds_v3"]}],
     "node": {"id": "grpc-python-1", "cluster": "%s"}}
    """
        .formatted(xdsPort, Served.FLEET);
  }

  /** A process that answers a line with a line. */
  private static final class Script implements Client {
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;

    private Script(Process process) {
      this.process = process;
      this.answers = process.inputReader();
      this.questions = process.outputWriter();
    }

    @Override
    public synchronized String ask() {
      try {
        questions.write("\n");
        questions.flush();
        return String.valueOf(answers.readLine());
      } catch (IOException cause) {
        return cause.toString();
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
