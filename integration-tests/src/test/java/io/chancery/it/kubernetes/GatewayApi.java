package io.chancery.it.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.crd.CrdFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The definitions of all kinds: those of the Gateway API, from its Go module, and our own. */
public final class GatewayApi {
  private GatewayApi() {}

  /** Installs all definitions, and waits until they can be used. */
  public static void install(ApiServer server) throws IOException {
    server.kubectl("apply", "--server-side", "-f", crds().toString()).ok();
    installOwn(server);
  }

  static void installOwn(ApiServer server) throws IOException {
    server.apply(String.join("---\n", CrdFiles.all())).ok();
    server.kubectl("wait", "--for=condition=Established", "crd", "--all").ok();
  }

  /** The folder of the standard channel; {@code GATEWAY_API_DIR} names the module. */
  private static Path crds() throws IOException {
    String given = System.getenv("GATEWAY_API_DIR");
    Path module = Path.of(given == null ? fetched() : given);
    Path folder = module.resolve("config/crd/standard");
    assertThat(Files.isDirectory(folder)).as("%s is a folder of definitions", folder).isTrue();
    return folder;
  }

  private static String fetched() throws IOException {
    Process process =
        // Where `./chancery test` has fetched it.
        new ProcessBuilder(List.of("go", "list", "-m", "-f", "{{.Dir}}", "sigs.k8s.io/gateway-api"))
            .directory(Path.of("tools/gateway-api").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
