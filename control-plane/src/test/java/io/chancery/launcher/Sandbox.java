package io.chancery.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A source tree or an installation with the launcher in it, and a PATH that holds nothing but what
 * a test puts there and the few programs that the launcher needs.
 */
final class Sandbox {
  static final String JAR = "control-plane-0.1.0-SNAPSHOT.jar";

  private static final List<String> PROGRAMS =
      List.of(
          "cat",
          "dirname",
          "find",
          "grep",
          "head",
          "ln",
          "mkdir",
          "mv",
          "ps",
          "readlink",
          "rm",
          "rmdir",
          "sed",
          "sh",
          "sleep",
          "touch");

  /** Says what it is asked to run, and where. */
  private static final String JAVA =
      """
      echo "java: $JAVA_HOME"
      echo "home: $CHANCERY_HOME"
      echo "in: $(pwd -P)"
      for argument; do echo "argument: $argument"; done
      exit ${JAVA_EXIT:-0}
      """;

  /** Counts its builds, and builds a jar. */
  private static final String MAVEN =
      """
      if [ "$2" = -version ]; then echo "Apache Maven 3.8.7"; exit 0; fi
      echo "$PWD $*" >> maven.log
      mkdir -p control-plane/target
      echo jar > control-plane/target/%s
      """
          .formatted(JAR);

  private final Path root;
  private final Path programs;
  private final Map<String, String> environment = new LinkedHashMap<>();

  private Sandbox(Path root, Path programs) throws IOException {
    this.root = Files.createDirectories(root).toRealPath();
    this.programs = Files.createDirectories(programs);
    Files.copy(repository().resolve("chancery"), this.root.resolve("chancery"));
    for (String name : PROGRAMS) {
      // A script, as JUnit warns of each link that leads out of its temporary directory.
      program(name, "exec '%s' \"$@\"".formatted(onPath(name)));
    }
    environment.put("PATH", programs.toString());
    environment.put("CHANCERY_JVM_DIRS", "");
  }

  /** A source tree at {@code root} with a Maven; what else it needs stands beside it. */
  static Sandbox sourceTree(Path root) throws IOException {
    Sandbox sandbox = new Sandbox(root, root.resolveSibling("programs"));
    sandbox.write("pom.xml", "<project/>");
    sandbox.write("control-plane/pom.xml", "<project/>");
    sandbox.write("control-plane/src/main/java/A.java", "class A {}");
    return sandbox.program("mvn", MAVEN);
  }

  /** An installation: the launcher with {@code lib} beside it. */
  static Sandbox installation(Path root) throws IOException {
    Sandbox sandbox = new Sandbox(root, root.resolveSibling("programs"));
    Files.createDirectories(root.resolve("lib"));
    return sandbox;
  }

  static Path repository() {
    Path place = Path.of("").toAbsolutePath();
    while (!Files.exists(place.resolve("chancery"))) {
      place = place.resolve("..").normalize();
    }
    return place;
  }

  Path root() {
    return root;
  }

  /** Sets a variable of the launcher's environment. */
  Sandbox with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Puts a shell script on PATH. */
  Sandbox program(String name, String script) throws IOException {
    script(programs.resolve(name), script);
    return this;
  }

  /** Puts a link to a program on PATH, as an installed package does. */
  Sandbox link(String name, Path program) throws IOException {
    Files.createSymbolicLink(programs.resolve(name), program);
    return this;
  }

  Sandbox without(String program) throws IOException {
    Files.delete(programs.resolve(program));
    return this;
  }

  void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  /** What Maven was asked to do, one line for each time. */
  List<String> builds() throws IOException {
    Path log = root.resolve("maven.log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  /** A JDK, or with {@code withCompiler} false a JRE; its java only says what it was asked. */
  static Path jvm(Path home, String version, boolean withCompiler) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    script(home.resolve("bin/java"), JAVA);
    if (withCompiler) {
      script(home.resolve("bin/javac"), "exit 1");
    }
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  static Path jdk(Path home, String version) throws IOException {
    return jvm(home, version, true);
  }

  Launch run(String... arguments) throws IOException, InterruptedException {
    return start(arguments).await();
  }

  Launch.Running start(String... arguments) throws IOException {
    return startIn(root.resolve("..").normalize(), root.resolve("chancery"), arguments);
  }

  Launch.Running startIn(Path directory, Path launcher, String... arguments) throws IOException {
    List<String> command =
        Stream.concat(
                Stream.of(programs.resolve("sh").toString(), launcher.toString()),
                Arrays.stream(arguments))
            .toList();
    return Launch.start(command, directory, environment);
  }

  private static void script(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  private static Path onPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + program + " on PATH"));
  }
}
