package io.chancery.model;

import java.util.List;
import java.util.Optional;

/** What a rule does with a request. */
public sealed interface Action {

  /** Sends it to a backend. */
  record Forward(
      List<BackendUse> backends, Optional<String> hostRewrite, Optional<PathRewrite> pathRewrite)
      implements Action {}

  /**
   * Answers with a redirect.
   *
   * @param port 0: as the request came in
   */
  record Redirect(
      Optional<String> scheme,
      Optional<String> hostname,
      int port,
      Optional<PathRewrite> path,
      int status)
      implements Action {}

  /**
   * A reference to a backend.
   *
   * @param port 0: not given
   * @param problem why the reference cannot be used, whatever it refers to; its share of requests
   *     answers 500
   */
  record BackendUse(Ref ref, int port, int weight, String path, Optional<Problem> problem) {}

  /** Changes the path. */
  sealed interface PathRewrite {

    /** Replaces the whole path. */
    record Full(String path) implements PathRewrite {}

    /** Replaces the prefix that the rule matched. */
    record Prefix(String prefix) implements PathRewrite {}
  }
}
