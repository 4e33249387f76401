package io.chancery.model;

import java.util.List;

/** What a check yields: a value, or the problems that stand in its way. */
public sealed interface Checked<T> {

  /** The value is good. */
  record Ok<T>(T value) implements Checked<T> {}

  /** The value cannot be used; at least one problem says why. */
  record Rejected<T>(List<Problem> problems) implements Checked<T> {
    public Rejected {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a rejection needs a problem");
      }
    }
  }

  static <T> Checked<T> ok(T value) {
    return new Ok<>(value);
  }

  static <T> Checked<T> rejected(Problem problem) {
    return new Rejected<>(List.of(problem));
  }

  /** {@code value} if there are no problems. */
  static <T> Checked<T> of(T value, List<Problem> problems) {
    return problems.isEmpty() ? new Ok<>(value) : new Rejected<>(problems);
  }
}
