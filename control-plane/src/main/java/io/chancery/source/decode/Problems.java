package io.chancery.source.decode;

import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one object. */
final class Problems {
  /** Enough to see what is wrong; an object of a thousand problems has one cause. */
  static final int MAX_PROBLEMS = 50;

  private final Ref on;
  private final List<Problem> found = new ArrayList<>();
  private int count;

  Problems(Ref on) {
    this.on = on;
  }

  void add(String path, Reason reason, String message) {
    count++;
    if (count <= MAX_PROBLEMS) {
      found.add(new Problem(on, path, reason, message));
    }
  }

  /** How many there are, with those that are too many to list. */
  int count() {
    return count;
  }

  List<Problem> list() {
    List<Problem> all = new ArrayList<>(found);
    if (count > MAX_PROBLEMS) {
      String message = "there are " + (count - MAX_PROBLEMS) + " more problems";
      all.add(new Problem(on, "", Reason.INVALID, message));
    }
    return List.copyOf(all);
  }
}
