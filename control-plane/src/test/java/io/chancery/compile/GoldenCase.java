package io.chancery.compile;

import io.chancery.engine.Write;
import io.chancery.inspect.CompiledTrees;
import io.chancery.source.file.FileObjects;
import io.chancery.xds.ResourceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder with {@code in.yaml} and, for each kind of output, what it must compile to. */
record GoldenCase(Path folder) {
  private static final Path ROOT = Path.of("src/test/resources/golden");
  private static final String INPUT = "in.yaml";

  static List<GoldenCase> all() throws IOException {
    try (Stream<Path> inputs = Files.walk(ROOT)) {
      return inputs
          .filter(path -> path.endsWith(INPUT))
          .sorted()
          .map(path -> new GoldenCase(path.resolveSibling("")))
          .toList();
    }
  }

  /** The writes of the input, against the tables of a compilation. */
  List<Write<?, ?>> writes(Compilation compilation) throws IOException {
    return new FileObjects(List.of(folder.resolve(INPUT)), compilation.objects()).refresh();
  }

  /** Output files by name, for a compile of everything at once. */
  Map<String, String> outputs() throws IOException {
    Compilation compilation = new Compilation();
    return render(compilation.apply(writes(compilation)));
  }

  private static Map<String, String> render(Compiled compiled) {
    CompiledTrees trees = new CompiledTrees(compiled, Optional.empty());
    Map<String, Map<String, Object>> byKind = new TreeMap<>();
    trees
        .fleets()
        .forEach((fleet, kinds) ->
            kinds.forEach((kind, resources) ->
                byKind.computeIfAbsent(file(kind), _ -> new TreeMap<>()).put(fleet, resources)));
    Map<String, String> files = new LinkedHashMap<>();
    byKind.forEach((name, fleets) -> files.put(name, CompiledTrees.yaml(fleets)));
    if (!trees.statuses().isEmpty()) {
      files.put("status.yaml", CompiledTrees.yaml(new ArrayList<>(trees.statuses())));
    }
    return files;
  }

  private static String file(ResourceKind kind) {
    return kind.id() + ".yaml";
  }

  /** What the folder holds beside the input. */
  Map<String, String> recorded() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.filter(path -> !path.endsWith(INPUT)).toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return files;
  }

  /** Replaces what the folder holds beside the input. */
  void record(Map<String, String> outputs) throws IOException {
    for (String stale : recorded().keySet()) {
      Files.delete(folder.resolve(stale));
    }
    for (Map.Entry<String, String> output : outputs.entrySet()) {
      Files.writeString(folder.resolve(output.getKey()), output.getValue());
    }
  }

  @Override
  public String toString() {
    return ROOT.relativize(folder).toString();
  }
}
