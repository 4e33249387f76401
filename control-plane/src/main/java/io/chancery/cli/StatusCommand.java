package io.chancery.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows what became of objects. */
@Command(
    name = "status",
    description = "Shows whether objects are accepted, and whether the Envoys run them.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin QueryOptions options;

  @Option(names = "--kind", paramLabel = "KIND", description = "Only this kind.")
  Optional<String> kind;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Only this namespace.")
  Optional<String> namespace;

  @Option(names = "--name", paramLabel = "NAME", description = "Only objects of this name.")
  Optional<String> name;

  @Option(names = "--problems", description = "Only objects that somebody should look at.")
  boolean problems;

  @Override
  public Integer call() throws UserException, InterruptedException {
    Map<String, String> query = new TreeMap<>();
    kind.ifPresent(value -> query.put("kind", value));
    namespace.ifPresent(value -> query.put("namespace", value));
    name.ifPresent(value -> query.put("name", value));
    if (problems) {
      query.put("problems", "true");
    }
    JsonNode objects = options.get("/v1/status", query);
    if (objects.isEmpty() && name.isPresent() && !problems) {
      throw new UserException("no object has " + query);
    }
    spec.commandLine().getOut().print(options.shown(objects, StatusCommand::table));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private static String table(JsonNode objects) {
    Table table = new Table("KIND", "NAMESPACE", "NAME", "ACCEPTED", "PROGRAMMED", "NODES", "WHY");
    for (JsonNode object : objects) {
      table.row(
          object.path("kind").asString(""),
          object.path("namespace").asString(""),
          object.path("name").asString(""),
          verdict(object, "Accepted"),
          verdict(object, "Programmed"),
          nodes(object.path("programmed")),
          why(object));
    }
    return table.text();
  }

  /** {@code True} where all places agree, else the reason of the first that does not. */
  private static String verdict(JsonNode object, String type) {
    List<JsonNode> conditions = conditions(object, type);
    return conditions.stream()
        .filter(condition -> !isTrue(condition))
        .map(condition -> condition.path("reason").asString(""))
        .findFirst()
        .orElse(conditions.isEmpty() ? "" : "True");
  }

  private static String nodes(JsonNode programmed) {
    return programmed.isMissingNode()
        ? ""
        : programmed.path("acked").asInt() + "/" + programmed.path("nodes").asInt();
  }

  private static String why(JsonNode object) {
    JsonNode problems = object.path("problems");
    if (!problems.isEmpty()) {
      JsonNode first = problems.get(0);
      String path = first.path("path").asString("");
      String more = problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)";
      return (path.isEmpty() ? "" : path + ": ") + first.path("message").asString("") + more;
    }
    return conditions(object, "Programmed").stream()
        .filter(condition -> !isTrue(condition))
        .map(condition -> condition.path("message").asString(""))
        .findFirst()
        .orElse("");
  }

  /** Conditions of the object, and of a route at its parents. */
  private static List<JsonNode> conditions(JsonNode object, String type) {
    List<JsonNode> found = new ArrayList<>();
    object.path("conditions").forEach(found::add);
    object.path("parents").forEach(parent -> parent.path("conditions").forEach(found::add));
    return found.stream()
        .filter(condition -> condition.path("type").asString("").equals(type))
        .toList();
  }

  private static boolean isTrue(JsonNode condition) {
    return condition.path("status").asString("").equals("True");
  }
}
