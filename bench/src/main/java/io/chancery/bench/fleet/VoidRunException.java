package io.chancery.bench.fleet;

/**
 * A run that proves nothing: not everybody got what was published, or somebody got what was not.
 */
final class VoidRunException extends RuntimeException {
  private static final long serialVersionUID = 1;

  VoidRunException(String reason) {
    super(reason);
  }
}
