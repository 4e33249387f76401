package io.chancery.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the launcher builds, and that two of them do not build at once. */
class LauncherBuildTest {
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path directory;
  private Sandbox sandbox;

  @BeforeEach
  void sourceTree() throws Exception {
    Path java25 = Sandbox.jdk(directory.resolve("java25"), "25.0.3");
    sandbox =
        Sandbox.sourceTree(directory.resolve("source tree")).with("JAVA_HOME", java25.toString());
  }

  @Test
  void buildsOnFirstUseAndNotAgain() throws Exception {
    Launch first = sandbox.run("help");
    Launch second = sandbox.run("help");

    assertThat(sandbox.builds())
        .containsExactly(sandbox.root() + " -q -B -ntp -DskipTests package -pl control-plane -am");
    assertThat(first.err()).singleElement().asString().startsWith("chancery: building");
    assertThat(second.err()).isEmpty();
    Path target = sandbox.root().resolve("control-plane/target");
    assertThat(second.said("argument"))
        .contains(target.resolve(Sandbox.JAR) + ":" + target + "/lib/*", "io.chancery.app.Main");
  }

  @Test
  void buildsAgainWhenASourceChanged() throws Exception {
    builtLongAgo();
    sandbox.write("control-plane/src/main/java/A.java", "class A { int a; }");
    sandbox.run("help");
    assertThat(sandbox.builds()).hasSize(2);
  }

  @Test
  void buildsAgainWhenASourceWentOrAPomChanged() throws Exception {
    builtLongAgo();
    Files.delete(sandbox.root().resolve("control-plane/src/main/java/A.java"));
    sandbox.run("help");
    assertThat(sandbox.builds()).hasSize(2);

    builtLongAgo();
    sandbox.write("control-plane/pom.xml", "<project></project>");
    sandbox.run("help");
    assertThat(sandbox.builds()).hasSize(3);
  }

  @Test
  void doesNotBuildForTestsAndDocuments() throws Exception {
    builtLongAgo();
    sandbox.write("control-plane/src/test/java/ATest.java", "class ATest {}");
    sandbox.write("README.md", "# A");
    sandbox.run("help");
    assertThat(sandbox.builds()).hasSize(1);
  }

  @Test
  void needsMavenOnlyToBuild() throws Exception {
    sandbox.run("help");
    sandbox.without("mvn");
    assertThat(sandbox.run("help").exit()).isZero();

    Files.delete(sandbox.root().resolve("control-plane/target/" + Sandbox.JAR));
    Launch launch = sandbox.run("help");
    assertThat(launch.exit()).isEqualTo(1);
    assertThat(launch.err())
        .singleElement()
        .asString()
        .startsWith("chancery: Maven is missing: install Maven 3.8.7 or newer");
  }

  @Test
  void refusesAMavenThatIsTooOld() throws Exception {
    sandbox.program("mvn", "echo 'Apache Maven 3.8.6 (abc)'");
    assertThat(sandbox.run("help").err())
        .singleElement()
        .asString()
        .startsWith("chancery: Maven 3.8.6 is too old: install Maven 3.8.7 or newer");

    sandbox.program("mvn", "printf '\\033[1mApache Maven 4.0.0-rc-3 (abc)\\033[m\\n'");
    assertThat(sandbox.run("help").err()).noneMatch(line -> line.contains("too old"));
  }

  @Test
  void triesAgainAfterABuildThatFailed() throws Exception {
    sandbox.program(
        "mvn",
        "if [ \"$2\" = -version ]; then echo 'Apache Maven 3.9.9'; exit 0; fi\necho broken; exit 1");
    Launch failed = sandbox.run("help");
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.out()).as("standard output belongs to the command").isEmpty();
    assertThat(failed.err())
        .contains("broken")
        .last()
        .isEqualTo("chancery: the build failed; the lines above say why");
    assertThat(sandbox.run("help").exit()).isEqualTo(1);
  }

  @Test
  void secondLauncherWaitsForTheBuildOfTheFirst() throws Exception {
    Path finish = directory.resolve("finish");
    sandbox.program(
        "mvn",
        """
        if [ "$2" = -version ]; then echo 'Apache Maven 3.9.9'; exit 0; fi
        echo build >> maven.log
        while [ ! -f '%s' ]; do sleep 0.05; done
        echo jar > control-plane/target/%s
        """
            .formatted(finish, Sandbox.JAR));
    List<Launch.Running> both = List.of(sandbox.start("help"), sandbox.start("help"));
    await()
        .until(() ->
            both.get(0).errSoFar().toString().contains("waiting for the build")
                || both.get(1).errSoFar().toString().contains("waiting for the build"));
    Files.createFile(finish);

    for (Launch.Running running : both) {
      assertThat(running.await().exit()).isZero();
    }
    assertThat(sandbox.builds()).hasSize(1);
  }

  @Test
  void takesTheLockOfADeadLauncher() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Path target = Files.createDirectories(sandbox.root().resolve("control-plane/target"));
    Path lock = Files.createSymbolicLink(target.resolve(".building"), Path.of("" + dead.pid()));

    assertThat(sandbox.run("help").exit()).isZero();
    assertThat(sandbox.builds()).hasSize(1);
    assertThat(Files.isSymbolicLink(lock)).as("the lock is left").isFalse();
  }

  private void builtLongAgo() throws Exception {
    sandbox.run("help");
    try (var files = Files.walk(sandbox.root())) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
      }
    }
  }
}
