package io.chancery.source.file;

/** Text of users in messages: on one line, without control characters, cut to a sane length. */
final class Text {
  private static final int MAX_LENGTH = 120;

  private Text() {}

  static String quoted(String text) {
    return "\"" + printable(text) + "\"";
  }

  static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .limit(MAX_LENGTH)
        .forEach(c -> {
          if (Character.isISOControl(c)) {
            printable.append(String.format("\\u%04x", c));
          } else {
            printable.appendCodePoint(c);
          }
        });
    return text.codePointCount(0, text.length()) > MAX_LENGTH
        ? printable + "…"
        : printable.toString();
  }
}
