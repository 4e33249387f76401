package io.chancery.source.decode;

/** Text of users in messages: on one line, without control characters, cut to a sane length. */
public final class Text {
  private static final int MAX_LENGTH = 120;

  private Text() {}

  /** On one line, in quotes, cut to a sane length. */
  public static String quoted(String text) {
    return "\"" + printable(text) + "\"";
  }

  /** On one line, without control characters, cut to a sane length. */
  public static String printable(String text) {
    return printable(text, MAX_LENGTH);
  }

  /** On one line, without control characters, at most {@code max} characters and an ellipsis. */
  public static String printable(String text, int max) {
    StringBuilder printable = new StringBuilder();
    int end = text.offsetByCodePoints(0, Math.min(max, text.codePointCount(0, text.length())));
    for (int i = 0; i < end; i += Character.charCount(text.codePointAt(i))) {
      append(printable, text.codePointAt(i));
    }
    return end < text.length() ? printable.append('…').toString() : printable.toString();
  }

  /** Characters that would move or hide what stands around them are shown by number. */
  private static void append(StringBuilder printable, int character) {
    switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          printable.append(String.format("\\u%04x", character));
      default -> printable.appendCodePoint(character);
    }
  }
}
