package io.chancery.app.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** What is wrong with one YAML file, by line. */
final class YamlProblems {
  private final Path file;
  private final List<Line> lines = new ArrayList<>();

  YamlProblems(Path file) {
    this.file = file;
  }

  private record Line(int number, String text) {}

  void add(Node at, String field, String reason) {
    int number = at.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    lines.add(
        new Line(
            number, file + ":" + number + ": " + (field.isEmpty() ? "" : field + ": ") + reason));
  }

  void throwIfAny() throws LocalRunException {
    if (!lines.isEmpty()) {
      throw new LocalRunException(
          lines.stream().sorted(Comparator.comparingInt(Line::number)).map(Line::text).toList());
    }
  }
}
