package io.chancery.source.kubernetes;

/** The API server answered, and not with what was asked for. */
final class ApiException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int code;

  /**
   * An answer.
   *
   * @param code HTTP status, or that of a Status object in a watch
   * @param message of the API server, for people
   */
  ApiException(int code, String message) {
    super(message);
    this.code = code;
  }

  /** The kind, or the version of it, is not installed. */
  boolean isNotFound() {
    return code == 404;
  }

  /** The caller may not do this, or is not known (any more). */
  boolean isRefused() {
    return code == 401 || code == 403;
  }

  /** The place in the history from which to go on is forgotten: compacted. */
  boolean isGone() {
    return code == 410;
  }

  /** The API server has not seen this place in the history yet: it was restored from a backup. */
  boolean isTooNew() {
    return code == 504;
  }

  /** It may do what was asked for a moment later. */
  boolean isTransient() {
    return code == 429 || code >= 500;
  }
}
