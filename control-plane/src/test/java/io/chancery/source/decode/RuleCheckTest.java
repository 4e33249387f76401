package io.chancery.source.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.source.ObjectTables;
import io.chancery.source.file.FileObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rule that does not hold says, and of which field. */
class RuleCheckTest {
  @TempDir Path directory;

  @Test
  void namesTheFieldsOfAnObjectThatHasTooMany() throws IOException {
    assertThat(
            problems(
                "Backend",
                "{dns: {host: a, port: 80}, static: {endpoints: [{address: b, port: 1}]}}"))
        .containsExactly(
            "spec: Invalid: exactly one of static and dns must be set; found the fields dns, static");
    assertThat(problems("Backend", "{}"))
        .containsExactly(
            "spec: Invalid: exactly one of static and dns must be set; found no field");
  }

  @Test
  void blamesTheFieldThatTheRuleNames() throws IOException {
    assertThat(problems("Route", "{policy: {timeouts: {request: 1s, backendRequest: 1m}}}"))
        .containsExactly(
            "spec.policy.timeouts.backendRequest: Invalid: backendRequest must not be longer than request;"
                + " found the string \"1m\"");
    assertThat(problems("Route", "{rules: [{}, {backendRefs: [{name: a}]}]}"))
        .containsExactly("spec.rules[1].backendRefs[0].port: Required: a Service needs a port");
  }

  @Test
  void findsEveryRuleThatDoesNotHold() throws IOException {
    assertThat(
            problems(
                "Route",
                """
                {rules: [
                  {name: a, matches: [{path: {value: a//b}}]},
                  {name: a, filters: [{type: URLRewrite, requestRedirect: {statusCode: 300}}]}]}
                """))
        .containsExactlyInAnyOrder(
            "spec.rules: Duplicate: names of rules must be unique within the route; found 2 entries",
            "spec.rules[0].matches[0].path.value: Invalid: a path must start with /;"
                + " found the string \"a//b\"",
            "spec.rules[0].matches[0].path.value: Invalid: a path has no empty and no dot segments;"
                + " found the string \"a//b\"",
            "spec.rules[1].filters[0]: Invalid: the field that type names must be set, and no other;"
                + " found the fields type, requestRedirect",
            "spec.rules[1].filters[0].requestRedirect.statusCode: Invalid: 301, 302, 303, 307 and 308"
                + " are redirects; found the number 300");
  }

  @Test
  void findsMembersWithTheSameKey() throws IOException {
    assertThat(
            problems(
                "Backend",
                "{static: {endpoints: [{address: b, port: 1}, {address: a, port: 1}, {address: b, port: 1}]}}"))
        .containsExactly(
            "spec.static.endpoints[2]: Duplicate: another member has the same address and port, \"b:1\"");
  }

  @Test
  void looksAtDefaultsOfWhatWasNotWritten() throws IOException {
    assertThat(problems("Fleet", "{routeTables: {scoped: {}}}"))
        .containsExactly(
            "spec.routeTables.scoped: Invalid: scoped is for type Scoped only; found no field");
    assertThat(
            problems(
                "BackendPolicy", "{targetRefs: [{name: a}], healthCheck: {tcp: {}, timeout: 6s}}"))
        .containsExactly(
            "spec.healthCheck.timeout: Invalid: timeout must not be longer than interval;"
                + " found the string \"6s\"");
  }

  @Test
  void saysNothingMoreOfWhatIsWrongAlready() throws IOException {
    assertThat(problems("Backend", "{dns: {host: a, port: 80, refresh: 1x}, static: {}}"))
        .hasSize(2)
        .noneMatch(line -> line.contains("exactly one"));
  }

  /** An HTTPRoute has the rules of the Gateway API, and its other rules go on. */
  @Test
  void leavesOtherGroupsAlone() throws IOException {
    assertThat(problems("HTTPRoute", "{rules: [{backendRefs: [{name: a}]}]}")).isEmpty();
  }

  private List<String> problems(String kind, String spec) throws IOException {
    String group =
        kind.equals("HTTPRoute") ? "gateway.networking.k8s.io/v1" : "chancery.io/v1alpha1";
    Files.writeString(
        directory.resolve("in.yaml"),
        "apiVersion: %s\nkind: %s\nmetadata: {name: a}\nspec: %s\n".formatted(group, kind, spec));
    FileObjects objects = new FileObjects(List.of(directory), new ObjectTables());
    objects.refresh();
    return objects.problems().stream()
        .map(located -> located.problem())
        .map(problem -> problem.path() + ": " + problem.reason() + ": " + problem.message())
        .toList();
  }
}
