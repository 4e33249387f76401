package io.chancery.policy;

import com.google.protobuf.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as users write them (GEP-2257) and as Envoy reads them. */
public final class Durations {
  private static final Pattern PART = Pattern.compile("([0-9]{1,5})(ms|h|m|s)");

  private Durations() {}

  /** Milliseconds of a duration whose form has been checked, such as {@code 1h30m}. */
  public static long millis(String duration) {
    long millis = 0;
    Matcher part = PART.matcher(duration);
    while (part.find()) {
      millis += Long.parseLong(part.group(1)) * unitMillis(part.group(2));
    }
    return millis;
  }

  /** As protobuf has it. */
  public static Duration ofMillis(long millis) {
    return com.google.protobuf.util.Durations.fromMillis(millis);
  }

  private static long unitMillis(String unit) {
    return switch (unit) {
      case "h" -> 3_600_000;
      case "m" -> 60_000;
      case "s" -> 1_000;
      default -> 1;
    };
  }
}
