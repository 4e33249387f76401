package io.chancery.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;

/** The end of a log, for an error message. */
final class LogTail {
  private static final int MAX_BYTES = 2_000;

  private LogTail() {}

  /** The last line that reports a failure, else the last line; says so if there is none. */
  static String last(Path log) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - MAX_BYTES));
      byte[] end = new byte[(int) Math.min(MAX_BYTES, file.length())];
      int length = Math.max(0, file.read(end));
      return choose(
          new String(end, 0, length, UTF_8).lines().filter(line -> !line.isBlank()).toList(), log);
    } catch (IOException e) {
      return "no log: " + e.getMessage();
    }
  }

  private static String choose(List<String> lines, Path log) {
    return lines.stream()
        .filter(line -> line.contains("[critical]") || line.contains("[error]"))
        .reduce((_, later) -> later)
        .or(() -> lines.stream().reduce((_, later) -> later))
        .orElse(log + " is empty");
  }
}
