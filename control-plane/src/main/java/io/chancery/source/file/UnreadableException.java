package io.chancery.source.file;

import io.chancery.model.Reason;

/** A file holds no documents that can be read. */
final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;
  private final int line;

  UnreadableException(Reason reason, int line, String message) {
    super(message);
    this.reason = reason;
    this.line = line;
  }

  Reason reason() {
    return reason;
  }

  int line() {
    return line;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
