package io.chancery;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.chancery.policy.HttpFilterChain;
import io.chancery.policy.HttpPolicy;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may see whom, each rule with its reason. An exception stands in the rule that it breaks. */
class ArchitectureTest {
  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.chancery");

  /** Packages in the order in which data passes them; no package sees one of a later row. */
  private static final List<List<String>> ORDER =
      List.of(
          List.of("engine", "model", "xds", "source"),
          List.of("policy"),
          List.of("check"),
          List.of("compile"),
          List.of("snapshot"),
          List.of("stream", "status", "inspect", "telemetry"),
          List.of("cli", "app"));

  /** The middle: pure functions from declared objects to resources. */
  private static final String[] PURE = packages("model", "check", "policy", "compile");

  @Test
  void dataGoesForwardOnly() {
    for (int row = 0; row < ORDER.size() - 1; row++) {
      String[] here = packages(ORDER.get(row));
      String[] later =
          packages(ORDER.subList(row + 1, ORDER.size()).stream().flatMap(List::stream).toList());
      check(
          noClasses()
              .that()
              .resideInAnyPackage(here)
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(later),
          "a hop that knew a later one could act on half a change");
    }
  }

  @Test
  void packagesHaveNoCycles() {
    check(
        slices()
            .matching("io.chancery.(*)..")
            .should()
            .beFreeOfCycles()
            // The JVM enters there; it hands over to the commands, which start what app puts
            // together.
            .ignoreDependency(name("io.chancery.app.Main"), alwaysTrue()),
        "a package of a cycle can be neither understood nor tested by itself");
  }

  @Test
  void engineAndModelStandAlone() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(packages("engine", "model"))
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                "io.chancery.engine..", "io.chancery.model..", "java..", "org.jspecify.."),
        "what everything rests on must not change with a library");
  }

  @Test
  void sourcesSeeTablesAndKindsOnly() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.chancery.source..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(packages("xds", "policy", "check", "compile")),
        "an adapter tells what was declared, and does not know what becomes of it");
  }

  @Test
  void kubernetesClientStaysAtTheEdge() {
    onlyIn(
        "io.fabric8.kubernetes..",
        "every client has another idea of an object",
        "crd",
        "source.kubernetes",
        "status",
        "app");
  }

  @Test
  void grpcStaysInTheStream() {
    // app.local: the example's gRPC upstream is a server of its own.
    onlyIn("io.grpc..", "the protocol is tested without a transport", "stream", "app");
  }

  @Test
  void envoyMessagesStayBehindTheModel() {
    // bootstrap: it writes Envoy's own bootstrap message.
    onlyIn(
        "io.envoyproxy.envoy..",
        "users' words and Envoy's words meet in one hop",
        "policy",
        "compile",
        "xds",
        "snapshot",
        "stream",
        "inspect",
        "bootstrap");
  }

  @Test
  void otherControlPlanesAreNotUsed() {
    onlyIn("io.envoyproxy.controlplane..", "its message classes have the names of ours");
  }

  @Test
  void guiceStaysInTheCompositionRoot() {
    onlyIn("com.google.inject..", "every class can be built by its constructor", "app");
  }

  @Test
  void userCodeIsNeverRun() {
    onlyIn("javax.script..", "input is data; the control plane runs no code of its users");
  }

  @Test
  void theMiddleTouchesNothingOutside() {
    String reason = "same input, same bytes; a rule is a function of what it reads";
    check(
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class, Random.class, UUID.class, Thread.class, Files.class),
        reason);
    check(
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "java.nio.channels..", "java.util.concurrent.."),
        reason);
    check(
        noClasses().that().resideInAnyPackage(PURE).should().callMethod(Instant.class, "now"),
        reason);
    check(
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(System.class, "currentTimeMillis"),
        reason);
    check(
        noClasses().that().resideInAnyPackage(PURE).should().callMethod(System.class, "nanoTime"),
        reason);
    check(
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(System.class, "getenv", String.class),
        reason);
  }

  @Test
  void theMiddleKeepsNoState() {
    check(
        fields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(PURE)
            .and()
            .areDeclaredInClassesThat()
            // It gathers the filters of one rule of a route, and lives for one call.
            .doNotHaveFullyQualifiedName("io.chancery.check.Filters")
            .should()
            .beFinal(),
        "what does not change needs no lock and no order");
    check(
        noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("io.chancery..")
            .should()
            .haveNameMatching("set[A-Z].*"),
        "a value is made whole, by its constructor");
  }

  @Test
  void policiesDoNotKnowEachOther() {
    check(
        slices().matching("io.chancery.policy.(*)..").should().notDependOnEachOther(),
        "a policy can be read, tested and deleted by itself");
  }

  @Test
  void everyPolicyIsInTheChain() {
    Set<String> listed =
        HttpFilterChain.POLICIES.stream()
            .map(policy -> policy.getClass().getName())
            .collect(Collectors.toSet());
    assertThat(policies().map(JavaClass::getName))
        .as("a policy that is in no list does nothing, in silence")
        .containsExactlyInAnyOrderElementsOf(listed);
  }

  @Test
  void everyPolicyHasGoldens() {
    SourceTree tree = SourceTree.find();
    assertThat(HttpFilterChain.POLICIES)
        .as("golden/policy/<name>/in.yaml shows what a policy becomes in Envoy")
        .allSatisfy(policy -> assertThat(tree.root().resolve(goldenOf(policy))).exists());
  }

  @Test
  void everyFieldOfAPolicyIsDescribed() {
    check(
        fields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("io.chancery.crd.policy..")
            .and()
            .areNotStatic()
            .and()
            .areDeclaredInClassesThat()
            .areRecords()
            .should()
            .beAnnotatedWith(JsonPropertyDescription.class),
        "the description is the documentation that users get");
  }

  private static String goldenOf(HttpPolicy<?, ?> policy) {
    return "control-plane/src/test/resources/golden/policy/" + policy.field() + "/in.yaml";
  }

  private static Stream<JavaClass> policies() {
    return PRODUCTION.stream()
        .filter(type -> type.isAssignableTo(HttpPolicy.class) && !type.isInterface());
  }

  private static void onlyIn(String library, String reason, String... users) {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.chancery..")
            .and()
            .resideOutsideOfPackages(packages(users))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library),
        reason);
  }

  /** Packages that are still to come match nothing; that is no failure. */
  private static void check(ArchRule rule, String reason) {
    rule.because(reason).allowEmptyShould(true).check(PRODUCTION);
  }

  private static String[] packages(List<String> names) {
    return packages(names.toArray(String[]::new));
  }

  private static String[] packages(String... names) {
    return Stream.of(names).map(name -> "io.chancery." + name + "..").toArray(String[]::new);
  }
}
