package io.chancery.cli;

import io.chancery.inspect.CompiledTrees;
import java.util.Map;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Options of the commands that ask a running control plane. */
final class QueryOptions {
  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:18080",
      description = "Admin API to ask. Default: ${DEFAULT-VALUE}.")
  String server = "";

  @Option(
      names = "-o",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, yaml or json. Default: ${DEFAULT-VALUE}.")
  Format format = Format.table;

  /** Forms of output. */
  enum Format {
    table,
    yaml,
    json
  }

  /** Makes a table of an answer. */
  @FunctionalInterface
  interface Tabulation {
    String table(JsonNode answer);
  }

  JsonNode get(String path, Map<String, String> query) throws UserException, InterruptedException {
    return new AdminClient(server).get(path, query);
  }

  /** The answer in the form that was asked for, with a line break at its end. */
  String shown(JsonNode answer, Tabulation tabulation) {
    JsonMapper json = new JsonMapper();
    return switch (format) {
      case table -> tabulation.table(answer);
      case yaml -> CompiledTrees.yaml(json.treeToValue(answer, Object.class));
      case json -> json.writerWithDefaultPrettyPrinter().writeValueAsString(answer) + "\n";
    };
  }
}
