package io.chancery.cli;

/** Something that the user of a command can put right; its message is all that is printed. */
final class UserException extends Exception {
  private static final long serialVersionUID = 1;

  UserException(String message) {
    super(message);
  }
}
