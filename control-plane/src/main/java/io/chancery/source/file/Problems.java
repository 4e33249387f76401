package io.chancery.source.file;

import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is wrong with one object, each problem with its line. */
final class Problems {
  /** Enough to see what is wrong; an object of a thousand problems has one cause. */
  static final int MAX_PROBLEMS = 50;

  private final String file;
  private final Ref on;
  private final Node document;
  private final List<Located> found = new ArrayList<>();
  private int count;

  Problems(String file, Ref on, Node document) {
    this.file = file;
    this.on = on;
    this.document = document;
  }

  void add(String path, Reason reason, String message) {
    count++;
    if (count <= MAX_PROBLEMS) {
      found.add(located(path, reason, message));
    }
  }

  /** How many there are, with those that are too many to list. */
  int count() {
    return count;
  }

  List<Located> list() {
    List<Located> all = new ArrayList<>(found);
    if (count > MAX_PROBLEMS) {
      String message = "there are " + (count - MAX_PROBLEMS) + " more problems";
      all.add(located("", Reason.INVALID, message));
    }
    return List.copyOf(all);
  }

  private Located located(String path, Reason reason, String message) {
    Location location = new Location(file, Tree.line(document, path));
    return new Located(location, new Problem(on, path, reason, message));
  }
}
