package io.chancery.cli;

import io.chancery.inspect.CompiledTrees;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows what a fleet is told to run. */
@Command(
    name = "snapshot",
    description = "Shows the xDS resources of a fleet: how many, which, or one with its body.",
    mixinStandardHelpOptions = true)
final class SnapshotCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin QueryOptions options;

  @Parameters(index = "0", paramLabel = "FLEET", description = "Name of the fleet.")
  String fleet = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TYPE",
      description =
          "secrets, runtimes, clusters, endpoints, extensionConfigs, listeners, routes, scopedRoutes"
              + " or rateLimits.")
  Optional<String> type;

  @Parameters(index = "2", arity = "0..1", paramLabel = "NAME", description = "Name of a resource.")
  Optional<String> name;

  @Override
  public Integer call() throws UserException, InterruptedException {
    String path =
        "/v1/snapshots/"
            + fleet
            + type.map(value -> "/" + value).orElse("")
            + name.map(value -> "/" + value).orElse("");
    JsonNode answer = options.get(path, Map.of());
    spec.commandLine().getOut().print(options.shown(answer, this::table));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private String table(JsonNode answer) {
    if (name.isPresent()) {
      return body(answer);
    }
    return type.isPresent() ? resources(answer) : counts(answer);
  }

  private static String counts(JsonNode snapshot) {
    Table table = new Table("TYPE", "RESOURCES");
    snapshot
        .path("resources")
        .forEachEntry((type, count) -> table.row(type, Integer.toString(count.asInt())));
    return table.text();
  }

  private static String resources(JsonNode resources) {
    Table table = new Table("NAME", "BYTES", "VERSION");
    for (JsonNode resource : resources) {
      table.row(
          resource.path("name").asString(""),
          Integer.toString(resource.path("sizeBytes").asInt()),
          resource.path("version").asString(""));
    }
    return table.text();
  }

  /** A body is a tree, which no table can show. */
  private static String body(JsonNode resource) {
    return CompiledTrees.yaml(new JsonMapper().treeToValue(resource.path("body"), Object.class));
  }
}
