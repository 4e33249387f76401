package io.chancery.app;

import java.util.List;

/** The configuration cannot be used; it lists every reason at once. */
public final class SettingsException extends Exception {
  private static final long serialVersionUID = 1;

  SettingsException(List<String> errors) {
    super(String.join("\n", errors));
  }
}
