package io.chancery.app;

/** Starts the command line. */
public final class Main {
  private Main() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(io.chancery.cli.Chancery.execute(arguments));
  }
}
