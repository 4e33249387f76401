package io.chancery.policy;

import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;

/**
 * Where a policy's specification stands.
 *
 * @param on the object that holds it
 * @param path of the specification in the object
 */
public record PolicyPlace(Ref on, String path, References references) {

  /** A problem of one field of the specification. */
  public Problem problem(String field, Reason reason, String message) {
    return new Problem(on, path + "." + field, reason, message);
  }
}
