package io.chancery.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which JVM the launcher takes, and how it starts the application. */
class LauncherTest {
  @TempDir Path directory;

  @Test
  void takesJavaHomeIfThatIs25() throws Exception {
    Path java25 = Sandbox.jdk(directory.resolve("a"), "25.0.3");
    Sandbox sandbox = installation().with("JAVA_HOME", java25.toString());

    assertThat(sandbox.run("help").said("java")).containsExactly(java25.toString());
  }

  @Test
  void passesOverOldJavaInJavaHomeAndOnPath() throws Exception {
    Path java17 = Sandbox.jdk(directory.resolve("jvm/java-17"), "17.0.15");
    Path java25 = Sandbox.jdk(directory.resolve("jvm/temurin-25"), "25.0.3");
    Sandbox sandbox =
        installation()
            .with("JAVA_HOME", java17.toString())
            .link("java", java17.resolve("bin/java"))
            .with("CHANCERY_JVM_DIRS", directory.resolve("none") + ":" + directory.resolve("jvm"));

    assertThat(sandbox.run("help").said("java")).containsExactly(java25.toString());
  }

  @Test
  void followsTheLinkOfJavaOnPath() throws Exception {
    Path java25 = Sandbox.jdk(directory.resolve("b"), "25").toRealPath();
    Sandbox sandbox = installation().link("java", java25.resolve("bin/java"));

    assertThat(sandbox.run("help").said("java")).containsExactly(java25.toString());
  }

  @Test
  void asksAShimOnPathForItsHome() throws Exception {
    Path java25 = Sandbox.jdk(directory.resolve("b"), "25.0.3");
    Sandbox sandbox =
        installation().program("java", "echo \"    java.home = %s\" >&2".formatted(java25));

    assertThat(sandbox.run("help").said("java")).containsExactly(java25.toString());
  }

  @Test
  void saysInOneLineThatJdk25IsMissing() throws Exception {
    Path java17 = Sandbox.jdk(directory.resolve("jvm/java-17"), "17.0.15");
    Path java250 = Sandbox.jdk(directory.resolve("jvm/java-250"), "250");
    Sandbox sandbox =
        installation()
            .link("java", java17.resolve("bin/java"))
            .with("CHANCERY_JVM_DIRS", java250.resolve("..").normalize().toString());

    Launch launch = sandbox.run("run");

    assertThat(launch.exit()).isEqualTo(1);
    assertThat(launch.out()).isEmpty();
    assertThat(launch.err())
        .singleElement()
        .asString()
        .startsWith("chancery: JDK 25 is missing: install one");
  }

  @Test
  void buildingNeedsACompilerAndRunningDoesNot() throws Exception {
    Path jre = Sandbox.jvm(directory.resolve("jre"), "25.0.3", false);

    Launch installed = installation().with("JAVA_HOME", jre.toString()).run("help");
    assertThat(installed.said("java")).containsExactly(jre.toString());

    Path root = Files.createDirectories(directory.resolve("source")).resolve("tree");
    Launch source = Sandbox.sourceTree(root).with("JAVA_HOME", jre.toString()).run("help");
    assertThat(source.err()).singleElement().asString().contains("JDK 25 is missing");
  }

  @Test
  void startsFromAnywhereAndFromAPathWithSpaces() throws Exception {
    Path root = directory.resolve("my own; 'programs' [x]/chancery");
    Sandbox sandbox =
        Sandbox.installation(root)
            .with("JAVA_HOME", Sandbox.jdk(directory.resolve("b"), "25") + "");
    Path elsewhere = Files.createDirectories(directory.resolve("else where")).toRealPath();

    Launch launch = sandbox.startIn(elsewhere, sandbox.root().resolve("chancery"), "check").await();

    assertThat(launch.said("argument")).contains(sandbox.root() + "/lib/*");
    assertThat(launch.said("home")).containsExactly(sandbox.root().toString());
    assertThat(launch.said("in")).as("DIR is relative to here").containsExactly("" + elsewhere);
  }

  @Test
  void startsByALinkToALink() throws Exception {
    Sandbox sandbox = sandboxWithJava();
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Path link = Files.createSymbolicLink(bin.resolve("one"), sandbox.root().resolve("chancery"));
    Path links = Files.createSymbolicLink(bin.resolve("two"), link.getFileName());

    assertThat(sandbox.startIn(directory, links, "help").await().said("home"))
        .containsExactly(sandbox.root().toString());
  }

  @Test
  void handsOverArgumentsAsTheyAreAndTheExitCode() throws Exception {
    String[] arguments = {"explain", "GET https://a.example/?q=*", "-H", "x: 'y' \"z\" $HOME", ""};

    Launch launch = sandboxWithJava().with("JAVA_EXIT", "2").run(arguments);

    assertThat(launch.said("argument")).endsWith(arguments);
    assertThat(launch.exit()).isEqualTo(2);
  }

  @Test
  void startsShortCommandsFastAndLongOnesForSpeed() throws Exception {
    String fast = "-XX:TieredStopAtLevel=1";
    Sandbox sandbox = sandboxWithJava();

    assertThat(sandbox.run("check").said("argument")).contains(fast);
    assertThat(sandbox.run("run").said("argument")).doesNotContain(fast);
    assertThat(sandbox.run("serve").said("argument")).doesNotContain(fast);
  }

  @Test
  void passesFlagsOfTheUser() throws Exception {
    Launch launch = sandboxWithJava().with("CHANCERY_JAVA_OPTS", "-Xmx1g -Dx=*").run("run");

    assertThat(launch.said("argument")).contains("-Xmx1g", "-Dx=*");
  }

  private Sandbox installation() throws Exception {
    return Sandbox.installation(directory.resolve("chancery"));
  }

  private Sandbox sandboxWithJava() throws Exception {
    Path java25 = Sandbox.jdk(directory.resolve("java25"), "25.0.3");
    return installation().with("JAVA_HOME", java25.toString());
  }
}
