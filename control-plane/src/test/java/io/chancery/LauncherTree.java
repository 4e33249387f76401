package io.chancery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A small source tree around a copy of the launcher, with programs in place of Java, Maven and
 * Python that say how they were called. PATH holds these, and the tools that every system has.
 */
final class LauncherTree {
  private static final List<String> TOOLS =
      List.of(
          "dirname",
          "readlink",
          "grep",
          "sed",
          "find",
          "head",
          "ln",
          "rm",
          "mkdir",
          "touch",
          "mv",
          "sleep");

  /** Says its name, where it runs, its Java, its Envoy, and each argument in a line. */
  private static final String TELL =
      """
      #!/bin/sh
      echo "${0##*/} in $PWD"
      echo "JAVA_HOME=${JAVA_HOME:-}"
      echo "CHANCERY_HOME=${CHANCERY_HOME:-}"
      echo "ENVOY_BIN=${ENVOY_BIN-none}"
      for argument; do echo "<$argument>"; done
      """;

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();

  /** What a run of the launcher came to. */
  record Result(int exit, String out, String err) {}

  /** A tree in an empty directory: sources that are an hour old, a Maven that builds, no Java. */
  LauncherTree(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(bin());
    for (String tool : TOOLS) {
      program(tool, "#!/bin/sh\nexec %s \"$@\"\n".formatted(tool(tool)));
    }
    Files.createDirectories(sources());
    Files.copy(SourceTree.find().root().resolve("chancery"), launcher());
    executable(launcher());
    Files.writeString(root().resolve("pom.xml"), "");
    Files.writeString(sources().resolve("Old.java"), "");
    Files.writeString(sources().resolve("Older.java"), "");
    age(root(), Duration.ofHours(2));
    program(
        "mvn",
        TELL
            + "mkdir -p control-plane/target; : > control-plane/target/control-plane-0.1.0-SNAPSHOT.jar\n");
    environment.put("PATH", bin().toString());
    environment.put("HOME", directory.resolve("nobody").toString());
    environment.put("CHANCERY_JVM_DIRS", "");
  }

  Path root() {
    return directory.resolve("source tree");
  }

  Path launcher() {
    return root().resolve("chancery");
  }

  Path sources() {
    return root().resolve("control-plane/src/main/java");
  }

  Path target() {
    return root().resolve("control-plane/target");
  }

  Path bin() {
    return directory.resolve("bin");
  }

  LauncherTree with(String variable, Object value) {
    environment.put(variable, value.toString());
    return this;
  }

  /** A folder that looks like a JDK of this version. */
  Path jdk(String folder, String version) throws IOException {
    Path home = directory.resolve(folder);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
    write(home.resolve("bin/java"), TELL);
    write(home.resolve("bin/javac"), TELL);
    return home;
  }

  /** A program on PATH, in place of any of that name. */
  void program(String name, String script) throws IOException {
    write(bin().resolve(name), script);
  }

  /** A program on PATH that does nothing but say how it was called. */
  void teller(String name) throws IOException {
    program(name, TELL);
  }

  /** Makes a tree look as if nobody had touched it for a while. */
  static void age(Path tree, Duration age) throws IOException {
    FileTime then = FileTime.from(Instant.now().minus(age));
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.toList()) {
        Files.setLastModifiedTime(path, then);
      }
    }
  }

  Result run(String... arguments) throws IOException, InterruptedException {
    return runAt(launcher(), directory, arguments);
  }

  Result runAt(Path launcher, Path workingDirectory, String... arguments)
      throws IOException, InterruptedException {
    return finish(start(launcher, workingDirectory, arguments));
  }

  /** A launcher that is still running. */
  record Running(Process process, Path out, Path err) {}

  Running start(Path launcher, Path workingDirectory, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(Arrays.asList(arguments));
    Path out = Files.createTempFile(directory, "out", "");
    Path err = Files.createTempFile(directory, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(workingDirectory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new Running(builder.start(), out, err);
  }

  static Result finish(Running running) throws IOException, InterruptedException {
    if (!running.process().waitFor(1, TimeUnit.MINUTES)) {
      running.process().destroyForcibly();
      throw new IllegalStateException(
          "the launcher does not end: " + Files.readString(running.err()));
    }
    return new Result(
        running.process().exitValue(),
        Files.readString(running.out()),
        Files.readString(running.err()));
  }

  private static Path tool(String name) {
    return Stream.of("/bin", "/usr/bin")
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private static void write(Path file, String script) throws IOException {
    Files.writeString(file, script);
    executable(file);
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
