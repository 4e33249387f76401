package io.chancery;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.JavaShapes.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What STYLE.md says of files, sizes and names, where a machine can see it. */
class TidyTest {
  private static final int FILE_LINES = 400;
  private static final int METHOD_LINES = 60;
  private static final Pattern EMPTY_NAME = Pattern.compile(".*(Impl|Manager|Helper|Utils?)");

  /** Envoy's own word: the HTTP connection manager. */
  private static final Set<String> WORDS_OF_ENVOY = Set.of("ConnectionManager");

  private static final Pattern CHANGE_NOTE =
      Pattern.compile("(added|changed|breaking|fixed|security)-[a-z0-9]+(-[a-z0-9]+)*\\.md");
  private static final Set<String> TEST_ANNOTATIONS =
      Set.of(
          "Test",
          "ParameterizedTest",
          "RepeatedTest",
          "TestFactory",
          "Property",
          "Example",
          "FuzzTest");

  private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME)\\b");
  private static final Pattern MACHINE = Pattern.compile("(?<![\\w.}])/(home|Users|root|work)/\\w");
  private static final Pattern REGISTRY =
      Pattern.compile(
          "repo1?\\.maven|pypi\\.org|pythonhosted|registry\\.npm|proxy\\.golang|artifactory|jfrog");

  private static final SourceTree TREE = SourceTree.find();
  private static final JavaShapes SHAPES = JavaShapes.of(TREE.java().toList());

  @Test
  void filesAreSmall() {
    assertThat(TREE.java())
        .allSatisfy(file ->
            assertThat(SourceTree.text(file).lines().count())
                .as(TREE.name(file))
                .isLessThanOrEqualTo(FILE_LINES));
  }

  @Test
  void methodsAreSmall() {
    assertThat(SHAPES.methods())
        .filteredOn(method -> method.lines() > METHOD_LINES)
        .as("methods of more than %d lines", METHOD_LINES)
        .isEmpty();
  }

  @Test
  void namesSayWhatATypeIs() {
    assertThat(SHAPES.types())
        .filteredOn(type -> EMPTY_NAME.matcher(type.name()).matches())
        .filteredOn(type -> !WORDS_OF_ENVOY.contains(type.name()))
        .as("names that say nothing")
        .isEmpty();
  }

  /** Surefire runs classes of this name only; another would be skipped in silence. */
  @Test
  void testClassesEndInTest() {
    assertThat(SHAPES.methods())
        .filteredOn(method -> method.annotations().stream().anyMatch(TEST_ANNOTATIONS::contains))
        .extracting(Method::in)
        .filteredOn(type -> !type.nested() && !type.isAbstract() && !type.name().endsWith("Test"))
        .extracting(JavaShapes.Type::name)
        .isEmpty();
  }

  @Test
  void everyPackageIsDescribedAndNullMarked() {
    Set<Path> packages = TREE.java().map(Path::getParent).collect(Collectors.toSet());
    assertThat(packages)
        .allSatisfy(directory ->
            assertThat(descriptions(directory))
                .as(
                    "a package-info.java with a sentence and @NullMarked in %s",
                    TREE.name(directory))
                .anyMatch(text -> text.startsWith("/**") && text.contains("@NullMarked")));
  }

  @Test
  void nothingIsLeftForLater() {
    assertThat(found(UNFINISHED)).as("what is left to do is an issue, not a comment").isEmpty();
  }

  @Test
  void filesNameNoMachineAndNoRegistry() {
    assertThat(found(MACHINE)).as("paths of somebody's machine").isEmpty();
    assertThat(found(REGISTRY))
        .as("hosts of package registries; the settings of the machine name them")
        .isEmpty();
  }

  @Test
  void changeNotesHaveAKind() {
    Path unreleased = TREE.root().resolve("changes/unreleased");
    assertThat(TREE.files().stream().filter(file -> file.startsWith(unreleased)))
        .allSatisfy(file -> {
          assertThat(file.getFileName().toString()).matches(CHANGE_NOTE);
          assertThat(SourceTree.text(file)).isNotBlank();
        });
  }

  @Test
  void theLauncherFetchesThePinnedEnvoy() {
    String pinned = version("String VERSION = \"([0-9.]+)\"", "PinnedEnvoy.java");
    assertThat(version("ENVOY_VERSION=([0-9.]+)", "chancery")).isEqualTo(pinned);
  }

  /** A test package shares the description of its production package, in the same module. */
  private static List<String> descriptions(Path directory) {
    Path production = Path.of(directory.toString().replace("src/test/java", "src/main/java"));
    return Stream.of(directory, production)
        .map(place -> place.resolve("package-info.java"))
        .filter(Files::exists)
        .map(SourceTree::text)
        .toList();
  }

  /** Lines of files other than this one, which holds what it looks for. */
  private static List<String> found(Pattern pattern) {
    return TREE.files().stream()
        .filter(file -> !file.endsWith("TidyTest.java"))
        .flatMap(file ->
            SourceTree.text(file)
                .lines()
                .filter(line -> pattern.matcher(line).find())
                .map(line -> TREE.name(file) + ": " + line.strip()))
        .toList();
  }

  private static String version(String pattern, String fileName) {
    Path file =
        TREE.files().stream()
            .filter(f -> f.getFileName().toString().equals(fileName))
            .findFirst()
            .orElseThrow();
    return Pattern.compile(pattern)
        .matcher(SourceTree.text(file))
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }
}
