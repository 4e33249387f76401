package io.chancery.app.local;

import java.util.List;

/**
 * What a directory needs cannot be understood or started; one line for each reason, for the user.
 */
public final class LocalRunException extends Exception {
  private static final long serialVersionUID = 1;

  LocalRunException(List<String> problems) {
    super(String.join("\n", problems));
  }

  LocalRunException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
