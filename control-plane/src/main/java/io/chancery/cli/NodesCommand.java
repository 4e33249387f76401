package io.chancery.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows the connected Envoys. */
@Command(
    name = "nodes",
    description = "Shows the connected Envoys, and what they wait for or refused.",
    mixinStandardHelpOptions = true)
final class NodesCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin QueryOptions options;

  @Override
  public Integer call() throws UserException, InterruptedException {
    JsonNode nodes = options.get("/v1/nodes", Map.of());
    spec.commandLine().getOut().print(options.shown(nodes, NodesCommand::table));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private static String table(JsonNode nodes) {
    Table table = new Table("FLEET", "NODE", "ENVOY", "SINCE", "PENDING", "REFUSED", "WHY");
    for (JsonNode node : nodes) {
      JsonNode refused = node.path("rejections");
      table.row(
          node.path("fleet").asString(""),
          node.path("id").asString("") + (node.path("duplicate").asBoolean() ? " (twice)" : ""),
          node.path("build").asString(""),
          node.path("connectedSince").asString(""),
          String.join(",", pending(node.path("types"))),
          Integer.toString(refused.size()),
          refused.isEmpty() ? "" : why(refused.get(0)));
    }
    return table.text();
  }

  private static List<String> pending(JsonNode types) {
    List<String> pending = new ArrayList<>();
    types.forEachEntry((type, progress) -> {
      if (progress.path("pending").asBoolean()) {
        pending.add(type);
      }
    });
    return pending;
  }

  private static String why(JsonNode rejection) {
    return rejection.path("type").asString("")
        + "/"
        + rejection.path("name").asString("")
        + ": "
        + rejection.path("detail").asString("");
  }
}
