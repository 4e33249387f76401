package io.chancery.it.crds;

import io.chancery.crd.CrdFiles;
import io.chancery.it.kubernetes.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The CRDs, installed as users do: {@code ./chancery crds | kubectl apply -f -}. */
final class Installed {
  private Installed() {}

  /** The server of this JVM with the CRDs in it; a second time changes nothing. */
  static ApiServer crds() throws IOException {
    ApiServer server = ApiServer.shared();
    Path file = Files.createTempFile("crds", ".yaml");
    Files.writeString(file, String.join("---\n", CrdFiles.all()));
    server.kubectl("apply", "-f", file.toString()).ok();
    server.kubectl("wait", "--for=condition=Established", "--timeout=60s", "crd", "--all").ok();
    Files.delete(file);
    return server;
  }
}
