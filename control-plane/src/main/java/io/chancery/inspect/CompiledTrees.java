package io.chancery.inspect;

import io.chancery.compile.Compiled;
import io.chancery.model.ObjectStatus;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.json.JsonMapper;

/**
 * A first compile as trees of plain values. Output is sorted: the same input gives the same text.
 */
public final class CompiledTrees {
  private static final DumpSettings YAML =
      DumpSettings.builder()
          .setDefaultFlowStyle(FlowStyle.BLOCK)
          .setSchema(new CoreSchema())
          .setWidth(Integer.MAX_VALUE) // A long line is easier to search than a folded one.
          .build();

  private final Compiled compiled;
  private final Optional<String> fleet;
  private final ResourcePrinter printer = new ResourcePrinter();

  /**
   * Of a compile from nothing.
   *
   * @param fleet only this one; all if empty
   */
  public CompiledTrees(Compiled compiled, Optional<String> fleet) {
    this.compiled = compiled;
    this.fleet = fleet;
  }

  /** Fleets, kinds and names lead to the bodies of resources. */
  public Map<String, Map<ResourceKind, Map<String, Object>>> fleets() {
    Map<String, Map<ResourceKind, Map<String, Object>>> fleets = new TreeMap<>();
    for (ResourceChange change : compiled.changes()) {
      if (change.resource().isPresent() && fleet.map(change.fleet()::equals).orElse(true)) {
        Resource resource = change.resource().get();
        fleets
            .computeIfAbsent(change.fleet(), _ -> new TreeMap<>())
            .computeIfAbsent(change.kind(), _ -> new TreeMap<>())
            .put(change.name(), printer.toTree(resource));
      }
    }
    return fleets;
  }

  /** Status of each object, in the order of their names. */
  public List<Map<String, Object>> statuses() {
    List<Map<String, Object>> trees = new ArrayList<>();
    compiled.statuses().values().stream()
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(ObjectStatus::ref))
        .forEach(status -> trees.add(StatusTrees.of(status)));
    return trees;
  }

  /** All as one YAML document. */
  public String yaml() {
    return yaml(tree());
  }

  /** Any tree of plain values as YAML. */
  public static String yaml(Object tree) {
    return new Dump(YAML).dumpToString(tree);
  }

  /** All as indented JSON, with a line break at its end. */
  public String json() {
    return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree()) + "\n";
  }

  private Map<String, Object> tree() {
    Map<String, Object> byFleet = new LinkedHashMap<>();
    fleets()
        .forEach((name, kinds) -> {
          Map<String, Object> byKind = new LinkedHashMap<>();
          kinds.forEach((kind, resources) -> byKind.put(kind.id(), resources));
          byFleet.put(name, byKind);
        });
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("fleets", byFleet);
    tree.put("status", statuses());
    return tree;
  }
}
