package io.chancery.it.kubernetes;

import io.chancery.crd.CrdFiles;
import io.chancery.source.ObjectTables;
import io.chancery.source.Source;
import io.chancery.source.SourceContract;
import io.chancery.source.kubernetes.KubernetesScope;
import io.chancery.source.kubernetes.KubernetesSource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** A real API server keeps what every source keeps. */
class KubernetesSourceTest extends SourceContract {

  @Override
  protected Place place(ObjectTables tables) throws IOException {
    ApiServer server = ApiServer.shared();
    server.apply(String.join("---\n", CrdFiles.all())).ok();
    server.kubectl("wait", "--for=condition=Established", "crd/fleets.chancery.io").ok();
    server.kubectl("delete", "fleets", "--all").ok();
    return new Cluster(server, tables);
  }

  static KubernetesClient client(ApiServer server, String token) throws IOException {
    Config config = Config.fromKubeconfig(Files.readString(server.kubeconfig(token)));
    return new KubernetesClientBuilder()
        .withConfig(new ConfigBuilder(config).withRequestRetryBackoffLimit(0).build())
        .build();
  }

  private record Cluster(ApiServer server, ObjectTables tables) implements Place {
    @Override
    public Source open() {
      try {
        return new KubernetesSource(client(server, ApiServer.TOKEN), KubernetesScope.ALL, tables);
      } catch (IOException cause) {
        throw new UncheckedIOException(cause);
      }
    }

    @Override
    public void put(String name, int hops) throws IOException {
      server
          .apply(
              """
              apiVersion: chancery.io/v1alpha1
              kind: Fleet
              metadata: {name: %s}
              spec: {trustedHops: %d}
              """
                  .formatted(name, hops))
          .ok();
    }

    @Override
    public void delete(String name) {
      server.kubectl("delete", "fleet", name).ok();
    }

    @Override
    public void malform(String name) {
      // The API server lets nothing malformed in.
    }

    @Override
    public void loseSight() {
      // See KubernetesFaultTest.
    }

    @Override
    public void regainSight() {}

    @Override
    public void resync(Source source) throws IOException {
      server.compact();
    }
  }
}
